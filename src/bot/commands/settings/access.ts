/** Whether the bot can do in a channel what a setting asks it to do there. */

import type { PermissionsString } from "discord.js";
import { UserError } from "../../../errors.ts";
import type { SettingsUse } from "./setting.ts";

/** @throws UserError `channel-closed` when the bot is known to lack one of the permissions. */
export function requireAccess(
  { guild }: SettingsUse,
  channelId: string,
  permissions: readonly PermissionsString[],
): void {
  const me = guild?.members.me;
  const channel = guild?.channels.cache.get(channelId);
  // What isn't cached, e.g. an archived thread, turns out when it is used.
  if (!me || !channel) return;
  if (!channel.permissionsFor(me).has([...permissions])) {
    throw new UserError("channel-closed", { channel: `<#${channelId}>` });
  }
}
