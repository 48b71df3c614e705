/** The queues of clips and of utterances, as a worker sees them. */

import { DelayedError, type Job, UnrecoverableError, WaitingError } from "bullmq";
import {
  onPostgres,
  onRedis,
  postgresConnection,
  type QueueBackend,
  redisWorkerConnection,
  tracedBy,
} from "./backend.ts";
import { backoff } from "./backoff.ts";
import { CLIP_QUEUE } from "./clip-job.ts";
import { clipIdOf } from "./open-queue.ts";
import { UTTERANCE_QUEUE } from "./utterance-queue.ts";

/** One try at a clip. */
export interface ClipTask {
  readonly id: string;
  /** The job as it came out of the queue; a `ClipJob` if all is well. */
  readonly data: unknown;
  /** Which try this is, from 1. */
  readonly tryNumber: number;
  /** Whether a failure of this try is the end. */
  readonly lastTry: boolean;
  /** When it was asked for, in ms since 1970. */
  readonly askedAtMs: number;
  /** Aborts when the consumer must stop and the clip goes back into the queue. */
  readonly signal: AbortSignal;
}

/** What is done with clips. */
export interface ClipHandlers {
  /** Does the work. Throwing means another try later; `FinalError` means none, `PostponeError` that this was no try. */
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
  /** How long (ms) clips under way may take when the consumer is closed. Default 4 seconds. */
  readonly finishWithinMs?: number;
}

/** Takes clips until it is closed. */
export interface ClipConsumer {
  /** Takes no more clips, and lets those under way finish; what takes too long goes back into the queue, untried. */
  close(): Promise<void>;
}

/** A failure that trying again doesn't change. */
export class FinalError extends UnrecoverableError {
  override readonly name = "FinalError";
}

/** This worker can't do it, but another may, or later; it doesn't count as a try. */
export class PostponeError extends Error {
  override readonly name = "PostponeError";
  /** In ms. */
  readonly afterMs: number;

  constructor(message: string, afterMs: number) {
    super(message);
    this.afterMs = afterMs;
  }
}

/*
 * A killed worker's clip goes on after lock + one check (PostgreSQL) or two (Redis marks, then moves):
 * 26 seconds at most. Analysis runs in threads, so the event loop renews the lock in time.
 */
const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 8000;
/** A clip whose worker dies this often probably kills workers. */
const MAX_DEATHS = 2;
/** Most clips take less than a second; the rest of the ten seconds that a stop may take is for all else. */
const FINISH_WITHIN_MS = 4000;

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
  const stopping = new AbortController();
  const process = async (job: Job<unknown>, token?: string) => {
    try {
      await handlers.process(taskOf(job, stopping.signal));
    } catch (error) {
      if (error instanceof PostponeError) {
        await job.moveToDelayed(Date.now() + error.afterMs, token);
        throw new DelayedError();
      }
      if (!stopping.signal.aborted || error instanceof UnrecoverableError) throw error;
      await job.moveToWait(token);
      throw new WaitingError();
    }
  };
  const worker = bullWorker(backend, queue, process, {
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
      .abandoned(taskOf(job, stopping.signal))
      .catch(handlers.onError)
      .finally(() => goodbyes.delete(goodbye));
    goodbyes.add(goodbye);
  });
  const close = async () => {
    const timer = setTimeout(() => stopping.abort(), options.finishWithinMs ?? FINISH_WITHIN_MS);
    await worker.close();
    clearTimeout(timer);
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

type Process = (job: Job<unknown>, token?: string) => Promise<void>;

function bullWorker(backend: QueueBackend, queue: string, process: Process, settings: WorkSettings) {
  const options = { ...settings, ...tracedBy(backend) };
  return backend.kind === "redis"
    ? new onRedis.Worker<unknown>(queue, process, { ...options, connection: redisWorkerConnection(backend.url) })
    : new onPostgres.Worker<unknown>(queue, process, {
        ...options,
        connection: postgresConnection(backend.connectionString),
      });
}

function taskOf(job: Job<unknown>, signal: AbortSignal): ClipTask {
  const tryNumber = job.attemptsMade + 1;
  const lastTry = tryNumber >= (job.opts.attempts ?? 1);
  return { id: clipIdOf(job.id ?? ""), data: job.data, tryNumber, lastTry, askedAtMs: job.timestamp, signal };
}
