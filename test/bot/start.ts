/** A bot at a local Discord, with a queue that only takes notes. */

import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type BotParts, startBot } from "../../src/bot/index.ts";
import type { NewClipJob } from "../../src/jobs/clip-job.ts";
import { openStore, type Store, type StoreOptions } from "../../src/store/index.ts";
import { handClock, type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "../discord/index.ts";
import { Journal } from "../discord/journal.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";

/** Largest clip that the bot under test takes, in bytes. */
export const MAX_BYTES = 512 * 1024;

/** A local Discord that ends with the test. Its clock stands still, so that an attachment keeps its signed address. */
export async function discordForTest(options?: LocalDiscordOptions): Promise<LocalDiscord> {
  const discord = await startLocalDiscord({ clock: handClock(), ...options });
  onTestFinished(() => discord.close());
  return discord;
}

/** Makes an empty database on the test file's server. */
export const { createDatabase } = postgresForFile();

/** Starts a bot with an empty store that ends with the test; `enqueue` may fail in the queue's place. */
export async function botForTest(
  discord: LocalDiscord,
  enqueue: () => Promise<void> = async () => {},
  { waiting = 0, ...more }: Partial<BotParts> & { readonly waiting?: number } = {},
) {
  const store = more.store ?? (await storeForTest());
  const jobs = new Journal<{ readonly id: string; readonly job: NewClipJob }>();
  const log = new Journal<string>();
  const bot = await startBot({
    token: discord.token,
    api: discord.api,
    maxBytes: MAX_BYTES,
    limits: { perPerson: 1000, perServer: 1000 },
    logger: pino({ level: "debug" }, { write: (line) => log.push(line) }),
    queue: {
      waiting: async () => waiting,
      async enqueueClip(id, job) {
        jobs.push({ id, job });
        await enqueue();
      },
    },
    utterances: { enqueueUtterance: async () => {} },
    ...more,
    store,
  });
  onTestFinished(() => bot.close());
  return { bot, store, jobs, log };
}

/** An empty store that ends with the test; its server is the test file's. */
export async function storeForTest(options: StoreOptions = {}): Promise<Store> {
  const store = await openStore(await createDatabase(), options);
  onTestFinished(() => store.close());
  return store;
}
