/** Who may see which servers: asked of Discord again and again, and never taken from the browser. */

import { PermissionFlagsBits } from "discord-api-types/v10";
import { UserError } from "../../errors.ts";
import type { SignedIn } from "../../store/index.ts";
import type { DirectoryGuild } from "./directory.ts";
import type { DashboardParts } from "./parts.ts";
import { permissionsIn } from "./permissions.ts";

/** A server, for somebody who moderates it. */
export interface GuildUse {
  readonly guild: DirectoryGuild;
  /** Whether they may change settings, rules and webhooks. */
  readonly mayManage: boolean;
}

const { ModerateMembers, ManageGuild } = PermissionFlagsBits;

/** Opens a server to somebody. @throws UserError `no-guild` for who doesn't moderate it, and where Timbre isn't. */
export async function useGuild(
  { directory, now }: Pick<DashboardParts, "directory" | "now">,
  { userId }: Pick<SignedIn, "userId">,
  guildId: string,
): Promise<GuildUse> {
  const guild = /^\d{1,20}$/.test(guildId) ? await directory?.guild(guildId) : undefined;
  if (!directory || !guild) throw new UserError("no-guild");
  // Whoever runs Timbre could read its database as well.
  if (userId === null) return { guild, mayManage: true };
  const member = await directory.member(guildId, userId);
  const bits = member ? permissionsIn(guild, member, now().getTime()) : 0n;
  const mayManage = (bits & ManageGuild) !== 0n;
  if (!mayManage && (bits & ModerateMembers) === 0n) throw new UserError("no-guild");
  return { guild, mayManage };
}

/** Whether Discord's own sum of somebody's permissions in a server opens it to them. */
export function isModerator(permissions: string): boolean {
  const bits = BigInt(permissions);
  return (bits & (ModerateMembers | ManageGuild | PermissionFlagsBits.Administrator)) !== 0n;
}
