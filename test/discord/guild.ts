/**
 * The guild as REST tells of it: its roles, channels and members. Over the gateway everyone may do everything but what a
 * test forbids the bot; here people may do what they were given, as otherwise everybody were a moderator.
 */

import { type APIUser, PermissionFlagsBits } from "discord-api-types/v10";
import { BOT_USER, CHANNELS, GUILD_ID, guildPayload, NO_ADMINISTRATOR, ROLES } from "./payloads.ts";
import { FOREIGN_GUILD_ID } from "./places.ts";
import { Problem } from "./problems.ts";
import type { State } from "./state.ts";

const EVERYONE =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AddReactions;

/** A role that one person alone has: by it, they may do what they were given. */
function roleOf(userId: string, permissions: bigint, position: number) {
  const [, template] = ROLES;
  return {
    ...template,
    id: `7${userId.slice(1)}`,
    name: `role ${position}`,
    position,
    permissions: String(permissions),
  };
}

function given(state: State): ReadonlyMap<string, bigint> {
  return new Map([[BOT_USER.id, BigInt(NO_ADMINISTRATOR) & ~state.denied], ...state.memberPermissions]);
}

/** @throws Problem 10004 for a guild that the bot isn't in. */
function requireGuild(guildId: string): void {
  if (guildId !== GUILD_ID) throw new Problem(404, 10004, "Unknown Guild");
}

/** The guild and its roles. */
export function restGuild(state: State, guildId: string): object {
  requireGuild(guildId);
  const {
    channels: _c,
    members: _m,
    voice_states: _v,
    threads: _t,
    presences: _p,
    ...guild
  } = guildPayload([], state.member());
  const own = [...given(state)].map(([userId, permissions], index) => roleOf(userId, permissions, index + 2));
  const roles = ROLES.map((role) => ({ ...role, permissions: role.id === GUILD_ID ? String(EVERYONE) : "0" }));
  return { ...guild, roles: [...roles, ...own] };
}

/** The guild's channels. */
export function restChannels(guildId: string): object {
  requireGuild(guildId);
  return CHANNELS;
}

/** A member of the guild: the bot, and whoever was given something in it. @throws Problem 10007 for others. */
export function restMember(state: State, guildId: string, userId: string): object {
  requireGuild(guildId);
  const user = userId === BOT_USER.id ? BOT_USER : state.userById(userId);
  const held = given(state).get(userId);
  if (!user || held === undefined) throw new Problem(404, 10007, "Unknown Member");
  return { ...state.member(user), roles: [roleOf(userId, held, 0).id] };
}

/** The guilds that somebody is in, with the sum of their permissions. */
export function guildsOf(state: State, user: APIUser): object[] {
  const partial = (id: string, name: string, permissions: bigint) => ({
    ...{ id, name, icon: null, banner: null, owner: false, features: [], permissions: String(permissions) },
  });
  const here = given(state).get(user.id);
  const elsewhere = state.foreignPermissions.get(user.id);
  return [
    ...(here === undefined ? [] : [partial(GUILD_ID, guildPayload([], state.member()).name, here | EVERYONE)]),
    ...(elsewhere === undefined ? [] : [partial(FOREIGN_GUILD_ID, "Orchestra", elsewhere | EVERYONE)]),
  ];
}
