/** The queues of clips and of utterances, as a worker sees them. */

import { type Job, UnrecoverableError } from "bullmq";
import { onPostgres, onRedis, postgresConnection, type QueueBackend, redisWorkerConnection } from "./backend.ts";
import { backoff } from "./backoff.ts";
import { CLIP_QUEUE } from "./clip-job.ts";
import { clipIdOf } from "./open-queue.ts";
import { UTTERANCE_QUEUE } from "./utterance-queue.ts";

/** One try at a clip. */
export interface ClipTask {
  readonly id: string;
  /** The job as it came out of the queue; a `ClipJob` if all is well. */
  readonly data: unknown;
  /** Whether a failure of this try is the end. */
  readonly lastTry: boolean;
}

/** What is done with clips. */
export interface ClipHandlers {
  /** Does the work. Throwing means another try later; `FinalError` means none. */
  process(task: ClipTask): Promise<void>;
  /**
   * Hears that a clip failed for good. Needed for those that the queue gives up by itself,
   * as their workers died again and again; for others `process` has done all there was to do.
   */
  abandoned(task: ClipTask): Promise<void>;
  /** Told about lost connections and the like. */
  onError(error: unknown): void;
}

/** How a consumer works; the defaults are what production uses. */
export interface ClipConsumerOptions {
  /** Clips under way at the same time. Default 1. */
  readonly concurrency?: number;
  /** A worker that was silent for so long (ms) is taken for dead. Default 10 seconds. */
  readonly lockMs?: number;
  /** How often (ms) dead workers' clips are looked for. Default 8 seconds. */
  readonly stalledCheckMs?: number;
}

/** Takes clips until it is closed. */
export interface ClipConsumer {
  /** Lets the clips under way finish, and takes no more. */
  close(): Promise<void>;
}

/** A failure that trying again doesn't change. */
export class FinalError extends UnrecoverableError {
  override readonly name = "FinalError";
}

/*
 * A killed worker's clip goes on after lock + one check (PostgreSQL) or two (Redis marks, then moves):
 * 26 seconds at most. Analysis runs in threads, so the event loop renews the lock in time.
 */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 8000;
/** A clip whose worker dies this often probably kills workers. */
const MAX_DEATHS = 2;

/** Starts to take clips. @throws Error when PostgreSQL can't be reached; Redis is waited for. */
export function openClipConsumer(
  backend: QueueBackend,
  handlers: ClipHandlers,
  options?: ClipConsumerOptions,
): Promise<ClipConsumer> {
  return openConsumer(backend, CLIP_QUEUE, handlers, options);
}

/** The same for what is said in live channels: their ids are those of the clips that they become. */
export function openUtteranceConsumer(
  backend: QueueBackend,
  handlers: ClipHandlers,
  options?: ClipConsumerOptions,
): Promise<ClipConsumer> {
  return openConsumer(backend, UTTERANCE_QUEUE, handlers, options);
}

async function openConsumer(
  backend: QueueBackend,
  queue: string,
  handlers: ClipHandlers,
  options: ClipConsumerOptions = {},
): Promise<ClipConsumer> {
  const worker = bullWorker(backend, queue, (job) => handlers.process(taskOf(job)), {
    concurrency: options.concurrency ?? 1,
    lockDuration: options.lockMs ?? LOCK_MS,
    stalledInterval: options.stalledCheckMs ?? STALLED_CHECK_MS,
    maxStalledCount: MAX_DEATHS,
    settings: { backoffStrategy: backoff },
  });
  const goodbyes = new Set<Promise<void>>();
  worker.on("error", handlers.onError);
  worker.on("failed", (job) => {
    if (!job?.finishedOn) return;
    const goodbye = handlers
      .abandoned(taskOf(job))
      .catch(handlers.onError)
      .finally(() => goodbyes.delete(goodbye));
    goodbyes.add(goodbye);
  });
  const close = async () => {
    await worker.close();
    await Promise.all(goodbyes);
  };
  try {
    await worker.waitUntilReady();
  } catch (cause) {
    await close().catch(() => undefined);
    throw cause;
  }
  return { close };
}

interface WorkSettings {
  readonly concurrency: number;
  readonly lockDuration: number;
  readonly stalledInterval: number;
  readonly maxStalledCount: number;
  readonly settings: { readonly backoffStrategy: typeof backoff };
}

function bullWorker(
  backend: QueueBackend,
  queue: string,
  process: (job: Job<unknown>) => Promise<void>,
  settings: WorkSettings,
) {
  return backend.kind === "redis"
    ? new onRedis.Worker<unknown>(queue, process, { ...settings, connection: redisWorkerConnection(backend.url) })
    : new onPostgres.Worker<unknown>(queue, process, {
        ...settings,
        connection: postgresConnection(backend.connectionString),
      });
}

function taskOf(job: Job<unknown>): ClipTask {
  return { id: clipIdOf(job.id ?? ""), data: job.data, lastTry: job.attemptsMade + 1 >= (job.opts.attempts ?? 1) };
}
