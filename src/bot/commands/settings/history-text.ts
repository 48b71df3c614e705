/** The changes of a server's settings in words. */

import { TimestampStyles, time } from "discord.js";
import type { Translate } from "../../../i18n/index.ts";
import { type AuditEntry, DEFAULT_SETTINGS, guildSettings } from "../../../store/index.ts";
import { describeSetting } from "./settings-text.ts";

/** Discord takes 2000 characters; a line about 25 channels has about a thousand. */
const MAX_LENGTH = 1900;

/** The changes, one a line, the latest first; as many as fit into a message. */
export function describeHistory(entries: readonly AuditEntry[], t: Translate): string {
  if (entries.length === 0) return t("settings.history-none");
  let text = `**${t("settings.history")}**`;
  for (const entry of entries) {
    const { at, actorId } = entry;
    const line = `\n${time(at, TimestampStyles.ShortDateTime)} <@${actorId}> · ${describeChange(entry, t)}`;
    if (text.length + line.length > MAX_LENGTH) break;
    text += line;
  }
  return text;
}

function describeChange({ action, to }: AuditEntry, t: Translate): string {
  const setting = guildSettings.keyof().safeParse(action);
  const settings = guildSettings.safeParse({ ...DEFAULT_SETTINGS, [action]: to });
  // Another version wrote it.
  if (!setting.success || !settings.success) return `${action}: ${JSON.stringify(to)}`;
  return describeSetting(setting.data, settings.data, t);
}
