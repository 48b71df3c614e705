/** A server's settings in words. */

import { LANGUAGES, type Translate } from "../../../i18n/index.ts";
import type { GuildSettings } from "../../../store/index.ts";
import { formatsOf } from "../../../views/index.ts";

/** All settings, one a line, as Discord's markdown. */
export function describeSettings(settings: GuildSettings, t: Translate): string {
  const { language, answers, automatic, retentionDays, alertChannelId } = settings;
  const channels = automatic.map(({ channelId, answer }) => `<#${channelId}> (${t(`settings.automatic-${answer}`)})`);
  const lines = [
    [t("settings.language"), language ? LANGUAGES[language]["language.name"] : t("settings.language-own")],
    [t("settings.answers"), t(`settings.answers-${answers}`)],
    [t("settings.automatic"), channels.join(", ") || t("settings.none")],
    [t("settings.live"), liveText(settings, t)],
    [t("settings.retention"), retentionDays ? formatsOf(t).days(retentionDays) : t("settings.retention-none")],
    [t("settings.alerts"), alertChannelId ? `<#${alertChannelId}>` : t("settings.none")],
  ];
  return [`**${t("settings.title")}**`, ...lines.map(([name, value]) => `${name}: ${value}`)].join("\n");
}

function liveText({ live }: GuildSettings, t: Translate): string {
  if (live.kind !== "roles") return t(`settings.live-${live.kind}`);
  return live.roleIds.map((id) => `<@&${id}>`).join(", ");
}
