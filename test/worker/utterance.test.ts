/** Utterances from the queue to their readings, on both of the queue's backends. */

import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { QueueBackend } from "../../src/jobs/backend.ts";
import { openUtteranceQueue, type UtteranceQueue } from "../../src/jobs/utterance-queue.ts";
import type { AnalyzeOptions, SpeakerStatistics } from "../../src/ser/index.ts";
import type { Change } from "../../src/store/change-schema.ts";
import { openStore, STALE_MS, type Store } from "../../src/store/index.ts";
import { startWorker, type Worker, type WorkerOptions } from "../../src/worker/index.ts";
import { Journal } from "../discord/journal.ts";
import { startChild } from "../support/child.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { HAS_REDIS, startTestRedis, type TestRedis } from "../support/redis.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { voiceOf } from "../support/voice-of.ts";

const GUILD = "choir";

const postgres = postgresForFile();
let redis: TestRedis | undefined;

afterAll(() => redis?.stop());

describe.each(["postgres", "redis"] as const)("with the queue on %s", (kind) => {
  if (kind === "redis" && !HAS_REDIS) {
    test.skip("skipped: there is no redis-server on this machine");
    return;
  }

  let connectionString: string;
  let backend: QueueBackend;
  let store: Store;
  let queue: UtteranceQueue;
  let worker: Worker | undefined;
  let told: Journal<Change>;
  let stopListening: () => Promise<void>;

  beforeEach(async () => {
    connectionString = await postgres.createDatabase();
    if (kind === "redis") {
      // Each test begins with an empty server.
      await redis?.stop();
      redis = await startTestRedis();
    }
    backend = kind === "redis" && redis ? { kind, url: redis.url } : { kind: "postgres", connectionString };
    store = await openStore(connectionString);
    queue = await openUtteranceQueue(backend);
    told = new Journal();
    stopListening = await store.changes.listen((change) => told.push(change));
    await store.live.start({ id: "s", guildId: GUILD, channelId: "v", textChannelId: "v", startedBy: "ada" });
    for (const userId of ["ada", "bert"]) await store.live.choose("s", userId, true);
  });

  afterEach(async () => {
    await worker?.close();
    worker = undefined;
    await queue.close();
    await stopListening();
    await store.close();
  });

  async function say(clipId: string, subjectId = "ada"): Promise<void> {
    const endedAt = new Date();
    const startedAt = new Date(endedAt.getTime() - 2000);
    await store.utterances.keep({ clipId, sessionId: "s", subjectId, startedAt, endedAt, bytes: Buffer.from(clipId) });
    await queue.enqueueUtterance(clipId);
  }

  async function work(
    analyzeInContext: WorkerOptions["analyzer"]["analyzeInContext"],
    consumer: WorkerOptions["consumer"] = {},
  ): Promise<void> {
    const analyze = () => Promise.reject(new Error("Nobody asked for a clip."));
    worker = await startWorker({
      ...{ backend, store, maxDurationMs: 60_000, maxBytes: 1_000_000, fetchHosts: [], consumer },
      analyzer: { model: SAMPLE_READING.model, analyze, analyzeInContext },
      discordApi: "http://127.0.0.1:9",
      logger: pino({ level: "silent" }),
    });
  }

  /** What became of a clip: its reading, or the reason why there is none. */
  async function fate(clipId: string): Promise<string> {
    const isIt = (each: Change) => (each.kind === "reading" || each.kind === "dropped") && each.clipId === clipId;
    const found = await told.find(isIt, `what becomes of ${clipId}`);
    return found.kind === "dropped" ? found.reason : found.kind;
  }

  test("each is read with what is known of its own speaker, patiently, and adds to it", async () => {
    const calls: [said: string, utterances: number, options: AnalyzeOptions | undefined][] = [];
    await work(async (bytes, speaker, options) => {
      calls.push([Buffer.from(bytes).toString(), speaker.utterances, options]);
      const known: SpeakerStatistics = { utterances: speaker.utterances + 1, mean: [0.1], squares: [0] };
      return { reading: SAMPLE_READING, speaker: known };
    });
    for (const [clipId, who] of [
      ["1", "ada"],
      ["2", "bert"],
      ["3", "ada"],
    ] as const) {
      await say(clipId, who);
      expect(await fate(clipId)).toBe("reading");
      // Its statistics come after its reading.
      await expect.poll(async () => (await voiceOf(store, "s", who))?.utterances).toBe(clipId === "3" ? 2 : 1);
    }
    expect(calls).toEqual([
      ["1", 0, { isPatient: true }],
      ["2", 0, { isPatient: true }],
      ["3", 1, { isPatient: true }],
    ]);
    expect(await store.clips.find("3")).toMatchObject({ status: "done", attribution: { source: "live" } });
    expect(await query(connectionString, "select * from utterances")).toEqual([]);
  });

  test("none is heard whose speaker left, opted out, or was said too long ago", async () => {
    await say("left");
    await store.live.choose("s", "ada", false);
    await say("opted out", "bert");
    await query(connectionString, "insert into consents values ('bert', false, true, now())");
    await store.live.choose("s", "cleo", true);
    await say("old", "cleo");
    const ago = `${STALE_MS + 1} * interval '1 millisecond'`;
    await query(connectionString, `update utterances set ended_at = now() - ${ago} where clip_id = 'old'`);
    const heard: string[] = [];
    await work(async (bytes, speaker) => {
      heard.push(Buffer.from(bytes).toString());
      return { reading: SAMPLE_READING, speaker };
    });
    expect(await Promise.all(["left", "opted out", "old"].map(fate))).toEqual(["no-consent", "no-consent", "stale"]);
    expect(heard).toEqual([]);
  });

  test("one whose speaker changes their mind while it is heard leaves nothing", async () => {
    await work(async () => {
      await store.live.choose("s", "ada", false);
      return { reading: SAMPLE_READING, speaker: { utterances: 1, mean: [1], squares: [0] } };
    });
    await say("1");
    expect(await fate("1")).toBe("no-consent");
    await say("2", "bert");
    await fate("2");
    expect(await store.clips.find("1")).toBeUndefined();
    expect(
      await query(connectionString, "select * from live_speakers where user_id = 'ada' and statistics is not null"),
    ).toEqual([]);
  });

  test("one that can't be decoded, or fails again and again, is dropped by name", async () => {
    const tries = new Map<string, number>();
    await work(async (bytes) => {
      const said = Buffer.from(bytes).toString();
      tries.set(said, (tries.get(said) ?? 0) + 1);
      throw said === "broken" ? new UserError("damaged") : new Error("a thread died");
    });
    await say("broken");
    await say("deadly");
    expect([await fate("broken"), await fate("deadly")]).toEqual(["undecodable", "undecodable"]);
    expect(Object.fromEntries(tries)).toEqual({ broken: 1, deadly: 2 });
  });

  test("where nothing is kept, a reading is told and not stored", async () => {
    await store.guilds.change(GUILD, "mod", () => ({ retentionDays: 0 }));
    await work(async (_bytes, speaker) => ({ reading: SAMPLE_READING, speaker }));
    await say("1");
    expect(await fate("1")).toBe("reading");
    expect(await store.clips.find("1")).toBeUndefined();
  });

  test("one that a stopping worker can't finish is read by the next one, though it was the last try", async () => {
    let tries = 0;
    const heard = Promise.withResolvers<void>();
    await work(
      () => {
        tries++;
        if (tries === 1) return Promise.reject(new Error("a thread died"));
        heard.resolve();
        return new Promise(() => undefined);
      },
      { finishWithinMs: 1 },
    );
    await say("1");
    await heard.promise;
    await worker?.close();
    await work(async (_bytes, speaker) => ({ reading: SAMPLE_READING, speaker }));
    expect(await fate("1")).toBe("reading");
  });

  test("one whose worker is killed is read by the next one", async () => {
    const impatient = { lockMs: 1000, stalledCheckMs: 200 };
    const settings = {
      ...{ connectionString, redisUrl: backend.kind === "redis" ? backend.url : undefined, ...impatient },
      ...{ discordApi: "http://127.0.0.1:9", fetchHost: "nowhere" },
    };
    const child = startChild(join(import.meta.dirname, "worker-child.ts"), [JSON.stringify(settings)]);
    await say("1");
    expect(await child.next()).toBe("hearing");
    await child.kill();
    await work(async (_bytes, speaker) => ({ reading: SAMPLE_READING, speaker }), impatient);
    expect(await fate("1")).toBe("reading");
  });
});
