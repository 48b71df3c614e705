import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { QueueBackend } from "../../src/jobs/backend.ts";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { openStore } from "../../src/store/index.ts";
import { startWorker } from "../../src/worker/index.ts";
import { type AnswerEdge, startAnswerEdge } from "../support/answer-edge.ts";
import { startChild, type TestChild } from "../support/child.ts";
import { startTestServer, type TestServer } from "../support/http-server.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { HAS_REDIS, startTestRedis, type TestRedis } from "../support/redis.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

/** As in production, only faster: a dead worker is missed after a second. */
const IMPATIENT = { lockMs: 1000, stalledCheckMs: 200 };

const postgres = postgresForFile();
let redis: TestRedis | undefined;
let attachments: TestServer;
let edge: AnswerEdge;
let connectionString: string;
let cleanUps: AsyncDisposableStack;

beforeAll(async () => {
  if (HAS_REDIS) redis = await startTestRedis();
  attachments = await startTestServer((_request, response) => response.end("a voice"));
});

afterAll(async () => {
  await attachments.close();
  await redis?.stop();
});

beforeEach(async () => {
  cleanUps = new AsyncDisposableStack();
  connectionString = await postgres.createDatabase();
  edge = await startAnswerEdge();
  cleanUps.defer(() => edge.close());
});

afterEach(() => cleanUps.disposeAsync());

/** Runs a worker in a process of its own that begins to hear the clip, and kills it there. */
async function hearAndDie(backend: QueueBackend): Promise<void> {
  const redisUrl = backend.kind === "redis" ? backend.url : undefined;
  const settings = { connectionString, redisUrl, discordApi: edge.api, fetchHost: attachments.host, ...IMPATIENT };
  const child: TestChild = startChild(join(import.meta.dirname, "worker-child.ts"), [JSON.stringify(settings)]);
  cleanUps.defer(() => child.kill());
  expect(await child.next()).toBe("hearing");
  await child.kill();
}

async function enqueue(backend: QueueBackend, id: string): Promise<void> {
  const queue = await openClipQueue(backend);
  await queue.enqueueClip(id, {
    version: 1,
    source: { kind: "url", url: `${attachments.address}/voice.ogg` },
    reply: { kind: "interaction", applicationId: "1", token: "t", locale: "en-GB" },
    filename: "voice.ogg",
  });
  await queue.close();
}

/** Starts a worker here that survives, and counts what it hears. */
async function startSurvivor(backend: QueueBackend): Promise<{ heard: number; close(): Promise<void> }> {
  const store = await openStore(connectionString);
  const counter = { heard: 0, close: async () => undefined };
  const worker = await startWorker({
    backend,
    store,
    analyzer: {
      model: SAMPLE_READING.model,
      analyze: async () => {
        counter.heard++;
        return SAMPLE_READING;
      },
      analyzeInContext: async (_bytes, speaker) => {
        counter.heard++;
        return { reading: SAMPLE_READING, speaker };
      },
    },
    maxDurationMs: 60_000,
    maxBytes: 1_000_000,
    fetchHosts: [attachments.host],
    discordApi: edge.api,
    logger: pino({ level: "silent" }),
    consumer: IMPATIENT,
  });
  const close = async () => {
    await worker.close();
    await store.close();
  };
  return Object.assign(counter, { close });
}

describe.each(["postgres", "redis"] as const)("with the queue on %s", (kind) => {
  const cannot = kind === "redis" && !HAS_REDIS;

  function backendOf(): QueueBackend {
    if (kind === "postgres") return { kind, connectionString };
    if (!redis) throw new Error("no Redis");
    return { kind, url: redis.url };
  }

  test.skipIf(cannot)("a clip whose worker is killed in the middle is done once and answered once", async () => {
    const backend = backendOf();
    await enqueue(backend, `${kind}-once`);
    await hearAndDie(backend);
    const survivor = await startSurvivor(backend);
    await edge.accepted(1);
    // Asked for again, it is neither heard nor answered again.
    await enqueue(backend, `${kind}-once`);
    await enqueue(backend, `${kind}-after`);
    await edge.accepted(2);
    await survivor.close();
    expect(survivor.heard).toBe(2);
    expect(edge.edits).toHaveLength(2);
    const rows = await query(connectionString, "select id, status, answered_at is not null as answered from clips");
    expect(rows).toEqual([
      { id: `${kind}-once`, status: "done", answered: true },
      { id: `${kind}-after`, status: "done", answered: true },
    ]);
  });

  test.skipIf(cannot)("a clip that kills every worker is given up, and the person is told", async () => {
    const backend = backendOf();
    await enqueue(backend, `${kind}-deadly`);
    for (let deaths = 0; deaths < 3; deaths++) await hearAndDie(backend);
    const survivor = await startSurvivor(backend);
    await edge.accepted(1);
    await survivor.close();
    expect(survivor.heard).toBe(0);
    expect(edge.edits[0]?.message.content).toContain("couldn't finish this one");
  });
});
