import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { QueueBackend } from "../../src/jobs/backend.ts";
import type { ClipJob } from "../../src/jobs/clip-job.ts";
import {
  type ClipConsumer,
  type ClipHandlers,
  type ClipTask,
  FinalError,
  openClipConsumer,
  PostponeError,
} from "../../src/jobs/consumer.ts";
import { type ClipQueue, openClipQueue } from "../../src/jobs/queue.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { HAS_REDIS, startTestRedis, type TestRedis } from "../support/redis.ts";

const JOB: ClipJob = {
  version: 1,
  source: { kind: "upload", uploadId: "u" },
  reply: { kind: "stored" },
  filename: "voice.ogg",
};

const postgres = postgresForFile();
let redis: TestRedis | undefined;

afterAll(() => redis?.stop());

const backends = {
  postgres: async (): Promise<QueueBackend> => {
    return { kind: "postgres", connectionString: await postgres.createDatabase() };
  },
  redis: async (): Promise<QueueBackend> => {
    // Each test begins with an empty server.
    await redis?.stop();
    redis = await startTestRedis();
    return { kind: "redis", url: redis.url };
  },
};

describe.each(["postgres", "redis"] as const)("the queue on %s", (kind) => {
  if (kind === "redis" && !HAS_REDIS) {
    test.skip("skipped: there is no redis-server on this machine");
    return;
  }

  let backend: QueueBackend;
  let queue: ClipQueue;
  let consumer: ClipConsumer | undefined;
  const problems: unknown[] = [];

  beforeEach(async () => {
    backend = await backends[kind]();
    queue = await openClipQueue(backend, { backoffMs: 10 });
  });

  afterEach(async () => {
    await consumer?.close();
    consumer = undefined;
    await queue.close();
    expect(problems).toEqual([]);
  });

  async function consume(
    process: ClipHandlers["process"],
    abandoned: ClipHandlers["abandoned"] = async () => undefined,
  ): Promise<void> {
    consumer = await openClipConsumer(backend, { process, abandoned, onError: (error) => problems.push(error) });
  }

  test("a clip arrives as it was sent, under its id, even if that is a number", async () => {
    const arrived = Promise.withResolvers<ClipTask>();
    await consume(async (task) => arrived.resolve(task));
    await queue.enqueueClip("1234567890123456789", JOB);
    expect(await arrived.promise).toMatchObject({
      ...{ id: "1234567890123456789", data: JOB, tryNumber: 1, lastTry: false },
      askedAtMs: expect.closeTo(Date.now(), -5),
    });
  });

  test("a clip that is sent again before, while and after it is done is done once", async () => {
    const active = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const seen: string[] = [];
    await queue.enqueueClip("a", JOB);
    await queue.enqueueClip("a", JOB);
    expect(await queue.state("a")).toBe("waiting");
    const last = Promise.withResolvers<void>();
    await consume(async ({ id }) => {
      seen.push(id);
      if (id === "z") last.resolve();
      active.resolve();
      await go.promise;
    });
    await active.promise;
    expect(await queue.state("a")).toBe("active");
    await queue.enqueueClip("a", JOB);
    go.resolve();
    await expect.poll(() => queue.state("a")).toBe("done");
    await queue.enqueueClip("a", JOB);
    await queue.enqueueClip("z", JOB);
    await last.promise;
    expect(seen).toEqual(["a", "z"]);
  });

  test("what may pass is tried three times, and the last try knows it", async () => {
    const tries: boolean[] = [];
    const end = Promise.withResolvers<ClipTask>();
    await consume(
      async ({ lastTry }) => {
        tries.push(lastTry);
        throw new Error("not today");
      },
      async (task) => end.resolve(task),
    );
    await queue.enqueueClip("a", JOB);
    expect((await end.promise).id).toBe("a");
    expect(tries).toEqual([false, false, true]);
    expect(await queue.state("a")).toBe("failed");
  });

  test("what can't pass is tried once", async () => {
    let tries = 0;
    const end = Promise.withResolvers<ClipTask>();
    await consume(
      async () => {
        tries++;
        throw new FinalError("never");
      },
      async (task) => end.resolve(task),
    );
    await queue.enqueueClip("a", JOB);
    await end.promise;
    expect(tries).toBe(1);
  });

  test("closing lets the clip under way finish", async () => {
    const active = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    await consume(async () => {
      active.resolve();
      await go.promise;
    });
    await queue.enqueueClip("a", JOB);
    await active.promise;
    const closed = consumer?.close();
    go.resolve();
    await closed;
    expect(await queue.state("a")).toBe("done");
    expect(await queue.state("never sent")).toBe("unknown");
  });
});

describe.each(["postgres", "redis"] as const)("what isn't done, on %s", (kind) => {
  test.skipIf(kind === "redis" && !HAS_REDIS)(
    "what takes too long when a consumer closes goes back, untried",
    async () => {
      await using opened = new AsyncDisposableStack();
      const backend = await backends[kind]();
      const queue = await openClipQueue(backend);
      opened.defer(() => queue.close());
      const handlers = { abandoned: async () => undefined, onError: () => undefined };
      const begun = Promise.withResolvers<void>();
      const first = await openClipConsumer(
        backend,
        {
          ...handlers,
          process: ({ signal }) => {
            begun.resolve();
            return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
          },
        },
        { finishWithinMs: 10 },
      );
      await queue.enqueueClip("a", JOB);
      await begun.promise;
      await first.close();
      expect(await queue.state("a")).toBe("waiting");
      const again = Promise.withResolvers<ClipTask>();
      const second = await openClipConsumer(backend, { ...handlers, process: async (task) => again.resolve(task) });
      opened.defer(() => second.close());
      expect(await again.promise).toMatchObject({ id: "a", tryNumber: 1 });
    },
  );

  test.skipIf(kind === "redis" && !HAS_REDIS)("what is postponed comes again, and that was no try", async () => {
    await using opened = new AsyncDisposableStack();
    const backend = await backends[kind]();
    const queue = await openClipQueue(backend);
    opened.defer(() => queue.close());
    const tries: number[] = [];
    const done = Promise.withResolvers<void>();
    const consumer = await openClipConsumer(backend, {
      abandoned: async () => undefined,
      onError: () => undefined,
      async process({ tryNumber }) {
        tries.push(tryNumber);
        if (tries.length < 5) throw new PostponeError("not here", 1);
        done.resolve();
      },
    });
    opened.defer(() => consumer.close());
    await queue.enqueueClip("a", JOB);
    await done.promise;
    expect(tries).toEqual([1, 1, 1, 1, 1]);
  });
});

test("a queue that can't be reached is an error at once", async () => {
  const nowhere: QueueBackend = { kind: "postgres", connectionString: "postgresql://nobody@127.0.0.1:1/none" };
  await expect(openClipQueue(nowhere)).rejects.toThrow();
  await expect(openClipQueue({ kind: "redis", url: "redis://127.0.0.1:1" })).rejects.toThrow();
});
