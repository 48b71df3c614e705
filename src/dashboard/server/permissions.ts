/** What members may do. https://discord.com/developers/docs/topics/permissions */

import { PermissionFlagsBits } from "discord-api-types/v10";
import type { DirectoryChannel, DirectoryGuild, DirectoryMember } from "./directory.ts";

const ALL = ~0n;
/** What is left to somebody who is timed out. */
const TIMED_OUT = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** What a member may do in the whole server at the time `now` (ms), as bits. */
export function permissionsIn(guild: DirectoryGuild, member: DirectoryMember, now: number): bigint {
  if (member.user.id === guild.owner_id) return ALL;
  // The role of everyone has the server's id.
  const held = guild.roles.filter(({ id }) => id === guild.id || member.roles.includes(id));
  const bits = held.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if ((bits & PermissionFlagsBits.Administrator) !== 0n) return ALL;
  const until = member.communication_disabled_until;
  return until && Date.parse(until) > now ? bits & TIMED_OUT : bits;
}

/** What a member with these permissions in the server may do in one of its channels. */
export function permissionsAt(
  base: bigint,
  guild: DirectoryGuild,
  member: DirectoryMember,
  { permission_overwrites: overwrites }: DirectoryChannel,
): bigint {
  if (base === ALL) return ALL;
  const apply = (bits: bigint, those: typeof overwrites) => {
    const denied = those.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
    const allowed = those.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
    return (bits & ~denied) | allowed;
  };
  // Everyone's come first, then those of all roles together, then the member's own.
  return [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(({ id }) => member.roles.includes(id)),
    overwrites.filter(({ id }) => id === member.user.id),
  ].reduce(apply, base);
}
