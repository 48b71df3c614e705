/** A server's settings in words, as Discord's markdown. */

import { LANGUAGES, type TextKey, type Translate } from "../../../i18n/index.ts";
import { type GuildSettings, guildSettings } from "../../../store/index.ts";
import { formatsOf } from "../../../views/index.ts";

/** How one setting is called, and what it is. */
interface Words {
  readonly name: TextKey;
  value(settings: GuildSettings, t: Translate): string;
}

const WORDS: Readonly<Record<keyof GuildSettings, Words>> = {
  language: {
    name: "settings.language",
    value: ({ language }, t) => (language ? LANGUAGES[language]["language.name"] : t("settings.language-own")),
  },
  answers: { name: "settings.answers", value: ({ answers }, t) => t(`settings.answers-${answers}`) },
  automatic: {
    name: "settings.automatic",
    value: ({ automatic }, t) =>
      automatic.map(({ channelId, answer }) => `<#${channelId}> (${t(`settings.automatic-${answer}`)})`).join(", ") ||
      t("settings.none"),
  },
  live: {
    name: "settings.live",
    value: ({ live }, t) =>
      live.kind === "roles" ? live.roleIds.map((id) => `<@&${id}>`).join(", ") : t(`settings.live-${live.kind}`),
  },
  retentionDays: {
    name: "settings.retention",
    value: ({ retentionDays }, t) =>
      retentionDays > 0 ? formatsOf(t).days(retentionDays) : t("settings.retention-none"),
  },
  alertChannelId: {
    name: "settings.alerts",
    value: ({ alertChannelId }, t) => (alertChannelId ? `<#${alertChannelId}>` : t("settings.none")),
  },
};

/** All settings, one a line. */
export function describeSettings(settings: GuildSettings, t: Translate): string {
  const lines = guildSettings.keyof().options.map((setting) => describeSetting(setting, settings, t));
  return [`**${t("settings.title")}**`, ...lines].join("\n");
}

/** One setting. */
export function describeSetting(setting: keyof GuildSettings, settings: GuildSettings, t: Translate): string {
  const { name, value } = WORDS[setting];
  return `${t(name)}: ${value(settings, t)}`;
}
