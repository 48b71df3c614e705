/** A whole Timbre for a browser: a local Discord with people in it, real database, queues, worker, model and bot. */

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { pino } from "pino";
import { startBot } from "../../src/bot/index.ts";
import { SHIPPED_MODEL_DIR } from "../../src/config.ts";
import { startDashboard } from "../../src/dashboard/server/index.ts";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { openUtteranceQueue } from "../../src/jobs/utterance-queue.ts";
import { openAnalyzer } from "../../src/ser/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { startWorker } from "../../src/worker/index.ts";
import { CHANNEL_ID, GUILD_ID, type LocalDiscord, startLocalDiscord } from "../discord/index.ts";
import type { Person } from "../discord/person.ts";
import { wavFile } from "../ser/decode/wav-file.ts";
import { startTestPostgres } from "../support/postgres.ts";
import { localDirectory } from "./local-directory.ts";

/** Something that somebody said. */
export interface Said {
  readonly by: string;
  readonly at: Date;
  readonly channelId?: string;
  readonly source?: "command" | "automatic" | "menu";
  /** As fast, and as high, as the recording of the fixture times this. */
  readonly speed?: number;
}

/** The house, and hands to fill it with life. */
export interface BrowserHouse {
  readonly address: string;
  readonly discord: LocalDiscord;
  readonly store: Store;
  /** The person of this name, whom the page knows by it. */
  meet(name: string): Person;
  /** Has recordings read that were sent at these times, through queue, worker and model; waits until all are. */
  hear(said: readonly Said[]): Promise<void>;
  /** Opens the link that signs the owner in. */
  signIn(page: Page): Promise<void>;
  close(): Promise<void>;
}

const MAX_BYTES = 4 * 1024 * 1024;
const WAV_HEADER = 44;
const VOICE_RATE_HZ = 16_000;

/** Starts everything; `webRoot` is the built page. */
export async function startBrowserHouse(webRoot: string): Promise<BrowserHouse> {
  const opened = new AsyncDisposableStack();
  const logger = pino({ level: "silent" });
  // Clips are taken in at the time that this tells.
  let time: Date | undefined;
  const now = () => time ?? new Date();
  const people = new Map<string, string>();
  try {
    const postgres = await startTestPostgres();
    opened.defer(() => postgres.stop());
    const connectionString = await postgres.createDatabase();
    const backend = { kind: "postgres", connectionString } as const;
    const discord = await startLocalDiscord();
    opened.defer(() => discord.close());
    const store = await openStore(connectionString, { now });
    opened.defer(() => store.close());
    const queue = await openClipQueue(backend, { nextTurn: store.turns.next });
    opened.defer(() => queue.close());
    const utterances = await openUtteranceQueue(backend);
    opened.defer(() => utterances.close());
    const analyzer = await openAnalyzer({ modelDir: SHIPPED_MODEL_DIR });
    opened.defer(() => analyzer.close());
    const worker = await startWorker({
      ...{ backend, store, analyzer, logger, maxBytes: MAX_BYTES, maxDurationMs: 600_000 },
      ...{ fetchHosts: [discord.cdnHost], discordApi: discord.api, discordToken: discord.token },
    });
    opened.defer(() => worker.close());
    const bot = await startBot({
      ...{ token: discord.token, api: discord.api, maxBytes: MAX_BYTES, logger, store, queue, utterances },
      limits: { perPerson: 1000, perServer: 1000 },
    });
    opened.defer(() => bot.close());
    const dashboard = await startDashboard({
      ...{ store, queue, webRoot, logger, host: "127.0.0.1", port: 0, maxBytes: MAX_BYTES },
      depths: async () => [],
      model: analyzer.model,
      modelCard: await readFile(join(SHIPPED_MODEL_DIR, "CARD.md"), "utf8"),
      directory: localDirectory(people),
      ...{ discord: undefined, publicUrl: undefined, webhookHosts: [], now: () => new Date() },
    });
    opened.defer(() => dashboard.close());
    const voice = (await readFile(join(import.meta.dirname, "..", "fixtures", "voice.wav"))).subarray(WAV_HEADER);

    const meet = (name: string) => {
      const person = discord.user(name);
      people.set(person.id, name);
      return person;
    };

    return {
      ...{ discord, meet, store, address: dashboard.address, close: () => opened.disposeAsync() },
      async hear(said) {
        const waiting = new Set<string>();
        const { promise, resolve } = Promise.withResolvers<void>();
        const end = await store.changes.listen((change) => {
          if (change.kind !== "reading") return;
          waiting.delete(change.clipId);
          if (waiting.size === 0) resolve();
        });
        const ids = said.map(() => randomUUID());
        for (const id of ids) waiting.add(id);
        for (const [index, { by, at, channelId = CHANNEL_ID, source = "command", speed = 1 }] of said.entries()) {
          const [id = "", uploadId] = [ids[index], randomUUID()];
          const rateHz = Math.round(VOICE_RATE_HZ * speed);
          const subjectId = meet(by).id;
          const attribution = { source, guildId: GUILD_ID, channelId, subjectId, askerId: subjectId };
          await store.uploads.keep(uploadId, wavFile({ rateHz, data: voice }));
          time = at;
          await store.clips.accept(id, attribution);
          time = undefined;
          await queue.enqueueClip(id, {
            version: 1,
            source: { kind: "upload", uploadId },
            reply: { kind: "stored" },
            filename: "voice.wav",
            attribution,
          });
        }
        await promise;
        await end();
      },
      async signIn(page) {
        await page.goto(`${dashboard.address}/auth/link?key=${await store.signIns.makeLink()}`);
      },
    };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}
