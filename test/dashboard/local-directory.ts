/** What the local Discord knows of its guild and its people, as the dashboard asks for it. */

import type { Directory } from "../../src/dashboard/server/directory.ts";
import { APPLICATION_ID, GUILD_ID } from "../discord/index.ts";
import { CHANNELS, ROLES } from "../discord/payloads.ts";

const GUILD = { id: GUILD_ID, name: "Choir" };

/** A directory of the one guild; `people` are names by id. */
export function localDirectory(people: ReadonlyMap<string, string>): Directory {
  return {
    async guild(id) {
      const roles = ROLES.map(({ id: roleId, name, permissions }) => ({ id: roleId, name, permissions }));
      return id === GUILD_ID ? { ...GUILD, owner_id: "1", roles } : undefined;
    },
    channels: async () => CHANNELS.map(({ id, name, type }) => ({ id, name, type, permission_overwrites: [] })),
    async member(_guildId, userId) {
      const username = people.get(userId);
      return username === undefined ? undefined : { user: { id: userId, username }, roles: [] };
    },
    guilds: async () => [GUILD],
    self: async () => APPLICATION_ID,
  };
}
