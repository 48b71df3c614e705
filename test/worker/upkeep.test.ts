/** Retention, as a job on both of the queue's backends. */

import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  onPostgres,
  onRedis,
  postgresConnection,
  type QueueBackend,
  redisWorkerConnection,
} from "../../src/jobs/backend.ts";
import { openSchedule } from "../../src/jobs/schedule.ts";
import { openStore, UNTRIED } from "../../src/store/index.ts";
import { upkeep } from "../../src/worker/upkeep.ts";
import { Journal } from "../discord/journal.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { HAS_REDIS, startTestRedis } from "../support/redis.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

const DAY_MS = 24 * 3_600_000;

const { createDatabase } = postgresForFile();

async function startBackend(kind: QueueBackend["kind"]): Promise<QueueBackend> {
  if (kind === "postgres") return { kind, connectionString: await createDatabase() };
  const redis = await startTestRedis();
  onTestFinished(() => redis.stop());
  return { kind, url: redis.url };
}

/** How many schedules of that name the backend knows. */
async function countSchedules(backend: QueueBackend, name: string): Promise<number> {
  const queue =
    backend.kind === "redis"
      ? new onRedis.Queue(name, { connection: redisWorkerConnection(backend.url) })
      : new onPostgres.Queue(name, { connection: postgresConnection(backend.connectionString) });
  try {
    return await queue.getJobSchedulersCount();
  } finally {
    await queue.close();
  }
}

test("events go after a day, and live sessions whose bot is silent are ended with all that waits for them", async () => {
  let now = new Date("2026-01-01T12:00:00Z");
  const store = await openStore(await createDatabase(), { now: () => now });
  onTestFinished(() => store.close());
  const session = { guildId: "choir", channelId: "v", textChannelId: "v", startedBy: "ada" };
  await store.live.start({ ...session, id: "silent" });
  await store.live.choose("silent", "ada", true);
  const said = { clipId: "1", sessionId: "silent", subjectId: "ada", startedAt: now, endedAt: now };
  await store.utterances.keep({ ...said, bytes: Buffer.from("a voice") });
  now = new Date(now.getTime() + 6 * 60_000);
  await store.live.start({ ...session, id: "alive", guildId: "band" });
  const { work } = upkeep(store, pino({ level: "silent" }), () => now);
  await work();
  expect((await store.live.running()).map(({ id }) => id)).toEqual(["alive"]);
  expect(await store.live.find("silent")).toMatchObject({ endReason: "lost" });
  expect(await store.utterances.find("1")).toBeUndefined();
  expect(await store.live.knownOf("ada")).toEqual([]);
  const kept = (await store.changes.since(0)).length;
  expect(kept).toBeGreaterThan(0);
  now = new Date(now.getTime() + DAY_MS + 1);
  await store.live.report("alive", UNTRIED);
  await work();
  expect(await store.changes.since(0)).toEqual([]);
});

describe.each(["postgres", "redis"] as const)("on %s", (kind) => {
  if (kind === "redis" && !HAS_REDIS) {
    test.skip("skipped: there is no redis-server on this machine");
    return;
  }

  test("old clips go by their server's wish, however many workers there are and however often they start", async () => {
    const backend = await startBackend(kind);
    let now = new Date("2026-01-01T12:00:00Z");
    const store = await openStore(await createDatabase(), { now: () => now });
    onTestFinished(() => store.close());
    await store.guilds.change("brief", "mod", () => ({ retentionDays: 1 }));
    for (const guildId of ["brief", "unset"]) {
      await store.clips.accept(guildId, { source: "command", subjectId: "ada", guildId });
      await store.clips.saveReading(guildId, SAMPLE_READING);
      await store.corrections.save(guildId, "ada", "fear");
    }
    await store.uploads.keep("left behind", Buffer.from("a voice"));
    now = new Date(now.getTime() + 2 * DAY_MS);

    const log = new Journal<string>();
    const work = upkeep(store, pino({ level: "info" }, { write: (line) => log.push(line) }), () => now);
    for (let start = 0; start < 3; start++) {
      const schedule = await openSchedule(backend, work);
      onTestFinished(() => schedule.close());
    }
    await log.find((line) => line.includes('"clips":1,"uploads":1'), "the upkeep");
    expect(await store.clips.find("brief")).toBeUndefined();
    expect((await store.corrections.ofSubject("ada")).map(({ clipId }) => clipId)).toEqual(["unset"]);
    expect(await store.uploads.fetch("left behind")).toBeUndefined();
    expect(await countSchedules(backend, work.name)).toBe(1);
  });

  test("work that failed is told, and done again when it is due", async () => {
    const backend = await startBackend(kind);
    const errors: unknown[] = [];
    const again = Promise.withResolvers<void>();
    const schedule = await openSchedule(backend, {
      name: "trial",
      everyMs: 100,
      async work() {
        if (errors.length === 0) throw new Error("not today");
        again.resolve();
      },
      onError: (error) => errors.push(error),
    });
    await again.promise;
    await schedule.close();
    expect(errors).toMatchObject([{ message: "not today" }]);
  });
});
