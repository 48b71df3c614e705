import { Redis } from "ioredis";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { NewClipJob } from "../../src/jobs/clip-job.ts";
import { type ClipTask, openClipConsumer } from "../../src/jobs/consumer.ts";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { recoverOnce } from "../../src/worker/recovery.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { HAS_REDIS, startTestRedis } from "../support/redis.ts";

const JOB: NewClipJob = {
  version: 1,
  source: { kind: "upload", uploadId: "u" },
  reply: { kind: "stored" },
  filename: "voice.ogg",
  trace: "t",
};
const MINUTE_MS = 60_000;
const logger = pino({ level: "silent" });

const postgres = postgresForFile();
let store: Store;

beforeAll(async () => {
  store = await openStore(await postgres.createDatabase());
});

afterAll(() => store.close());

test.skipIf(!HAS_REDIS)("a Redis that comes back empty loses no clip, and none is done twice", async () => {
  await using opened = new AsyncDisposableStack();
  const redis = await startTestRedis();
  opened.defer(() => redis.stop());
  const backend = { kind: "redis", url: redis.url } as const;
  const queue = await openClipQueue(backend, { outbox: store.outbox, nextTurn: store.turns.next });
  opened.defer(() => queue.close());
  for (const id of ["lost", "done"]) await queue.enqueueClip(id, JOB);
  await store.outbox.done("done");
  const admin = new Redis(redis.url);
  await admin.flushall();
  await admin.quit();

  // What has just been promised may still be on its way into the queue.
  await recoverOnce({ outbox: store.outbox, queue, logger });
  expect(await queue.state("lost")).toBe("unknown");
  const now = () => Date.now() + MINUTE_MS;
  for (let i = 0; i < 2; i++) await recoverOnce({ outbox: store.outbox, queue, logger, now });
  expect([await queue.state("lost"), await queue.state("done")]).toEqual(["waiting", "unknown"]);

  const taken = Promise.withResolvers<ClipTask>();
  const consumer = await openClipConsumer(backend, {
    process: async (task) => taken.resolve(task),
    abandoned: async () => undefined,
    onError: () => undefined,
  });
  opened.defer(() => consumer.close());
  expect(await taken.promise).toMatchObject({ id: "lost", data: { ...JOB, turn: 1 } });
  // Its worker forgot to say so; the queue knows better.
  await expect.poll(() => queue.state("lost")).toBe("done");
  await recoverOnce({ outbox: store.outbox, queue, logger, now });
  expect(await store.outbox.madeBefore(new Date(now()))).toEqual([]);
});

test("promises that nobody waits for any more are forgotten", async () => {
  const queue = { state: async () => "unknown" as const, enqueueClip: () => Promise.reject(new Error("never")) };
  await store.outbox.keep("old", JOB);
  const now = () => Date.now() + 61 * MINUTE_MS;
  await recoverOnce({ outbox: store.outbox, queue, logger, now });
  expect(await store.outbox.madeBefore(new Date(now()))).toEqual([]);
});
