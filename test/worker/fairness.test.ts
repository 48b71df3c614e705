import { pino } from "pino";
import { describe, expect, test } from "vitest";
import type { QueueBackend } from "../../src/jobs/backend.ts";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { openStore } from "../../src/store/index.ts";
import { startWorker } from "../../src/worker/index.ts";
import { startAnswerEdge } from "../support/answer-edge.ts";
import { startTestServer } from "../support/http-server.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { HAS_REDIS, startTestRedis } from "../support/redis.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

const postgres = postgresForFile();

describe.each(["postgres", "redis"] as const)("with the queue on %s", (kind) => {
  test.skipIf(kind === "redis" && !HAS_REDIS)("a server's hundred clips don't delay another's one", async () => {
    await using opened = new AsyncDisposableStack();
    const connectionString = await postgres.createDatabase();
    const redis = kind === "redis" ? await startTestRedis() : undefined;
    opened.defer(() => redis?.stop());
    const backend: QueueBackend = redis ? { kind: "redis", url: redis.url } : { kind: "postgres", connectionString };

    const heard: string[] = [];
    const first = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    // The path tells whose clip it is; the first of all waits until the other server has asked.
    const attachments = await startTestServer((request, response) => response.end(request.url));
    opened.defer(() => attachments.close());
    const edge = await startAnswerEdge();
    opened.defer(() => edge.close());
    const store = await openStore(connectionString);
    opened.defer(() => store.close());
    // Two bots, as two shards would be.
    const queues = await Promise.all([0, 1].map(() => openClipQueue(backend, { nextTurn: store.turns.next })));
    for (const queue of queues) opened.defer(() => queue.close());
    const ask = (guildId: string, number: number) =>
      queues[number % 2]?.enqueueClip(`${guildId}-${number}`, {
        version: 1,
        source: { kind: "url", url: `${attachments.address}/${guildId}-${number}` },
        reply: { kind: "interaction", applicationId: "1", token: "t", locale: "en-GB" },
        filename: "voice.ogg",
        attribution: { source: "command", guildId },
      });

    for (let number = 0; number < 100; number++) await ask("busy", number);
    const worker = await startWorker({
      ...{ backend, store, maxDurationMs: 60_000, maxBytes: 1_000_000, fetchHosts: [attachments.host] },
      discordApi: edge.api,
      logger: pino({ level: "silent" }),
      analyzer: {
        model: SAMPLE_READING.model,
        analyze: async (bytes) => {
          heard.push(Buffer.from(bytes).toString().slice(1));
          first.resolve();
          await goOn.promise;
          return SAMPLE_READING;
        },
        analyzeInContext: async (_bytes, speaker) => ({ reading: SAMPLE_READING, speaker }),
      },
    });
    opened.defer(() => worker.close());
    await first.promise;
    for (const number of [0, 1]) await ask("calm", number);
    goOn.resolve();
    await edge.accepted(102);
    // After the clip being heard and the busy server's next, then one of each.
    expect(heard.filter((clip) => clip.startsWith("calm"))).toHaveLength(2);
    expect(heard.indexOf("calm-0")).toBeLessThanOrEqual(2);
    expect(heard.indexOf("calm-1")).toBeLessThanOrEqual(4);
    expect(heard.filter((clip) => clip.startsWith("busy"))).toEqual(
      Array.from({ length: 100 }, (_, number) => `busy-${number}`),
    );
  });
});
