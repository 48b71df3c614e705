/** Who may begin and end the live mode. */

import { type ChatInputCommandInteraction, PermissionFlagsBits } from "discord.js";
import { UserError } from "../../../errors.ts";
import type { GuildSettings } from "../../../store/index.ts";

/** Whoever has one of these keeps order in voice channels. */
const MODERATES = [
  PermissionFlagsBits.ManageGuild,
  PermissionFlagsBits.ModerateMembers,
  PermissionFlagsBits.MuteMembers,
] as const;

/** @throws UserError `live-forbidden` for who isn't among those whom the server lets do it; moderators always are. */
export function requireLiveAccess(
  { memberPermissions, member }: ChatInputCommandInteraction<"cached">,
  access: GuildSettings["live"],
): void {
  const isAllowed =
    access.kind === "everyone" || (access.kind === "roles" && access.roleIds.some((id) => member.roles.cache.has(id)));
  if (!isAllowed && !MODERATES.some((permission) => memberPermissions.has(permission)))
    throw new UserError("live-forbidden");
}
