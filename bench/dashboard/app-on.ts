/** The dashboard's server on a database, without Discord: whoever runs Timbre sees one made-up server. */

import { buildApp } from "../../src/dashboard/server/app.ts";
import type { Directory } from "../../src/dashboard/server/directory.ts";
import { openStore } from "../../src/store/index.ts";
import { BIG_GUILD } from "./generate.ts";

const guild = { id: BIG_GUILD, name: "Bench", owner_id: "1", roles: [] };
const directory: Directory = {
  guild: async (id) => (id === BIG_GUILD ? guild : undefined),
  channels: async () => [],
  member: async () => undefined,
  guilds: async () => [guild],
  self: async () => "1",
};

/** Builds it; `cookie` is that of the signed-in owner. */
export async function appOn(connectionString: string, now: () => Date) {
  const store = await openStore(connectionString, { now });
  const app = await buildApp({
    ...{ store, directory, now, host: "127.0.0.1", maxBytes: 1024, modelCard: null },
    model: { name: "none", version: "0" },
    queue: { enqueueClip: async () => undefined, state: async () => undefined },
    depths: async () => [],
    ...{ discord: undefined, publicUrl: undefined, webhookHosts: [] },
  });
  await app.ready();
  const secret = await store.signIns.begin({ userId: null, name: null, guildIds: [] });
  const cookie = `timbre-session=${encodeURIComponent(app.signCookie(secret))}`;
  const close = async () => {
    await app.close();
    await store.close();
  };
  return { app, store, cookie, close };
}
