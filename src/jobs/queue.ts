/** The queue of clips, as the bot and the page see it. */

import type { JobsOptions } from "bullmq";
import { onPostgres, onRedis, postgresConnection, type QueueBackend, redisProducerConnection } from "./backend.ts";
import { CLIP_QUEUE, type NewClipJob } from "./clip-job.ts";

/** How far a clip is; `unknown` once the queue has forgotten it (the store hasn't). */
export type ClipState = "waiting" | "active" | "done" | "failed" | "unknown";

/** Hands clips to whichever worker is free. */
export interface ClipQueue {
  /** Asks for one clip to be analysed. Asking again with the same id changes nothing. */
  enqueueClip(id: string, job: NewClipJob): Promise<void>;
  /** How many clips wait for a worker. */
  waiting(): Promise<number>;
  /** How far a clip is in the queue. */
  state(id: string): Promise<ClipState>;
  /** Ends the connections. */
  close(): Promise<void>;
}

/** How a queue behaves; the defaults are what production uses. */
export interface ClipQueueOptions {
  /** Wait before the second try, in ms; twice as long before the third. Default 2 seconds. */
  readonly backoffMs?: number;
  /** Told about lost connections and the like; BullMQ reconnects by itself. */
  readonly onError?: (error: Error) => void;
}

/** What may pass is tried so many times in all. */
const TRIES = 3;
/** Default wait before the second try: most hiccups of a network are over by then, and a person still waits. */
const BACKOFF_MS = 2000;
/** Finished jobs stay for as long (seconds), so that an id enqueued twice is recognised. They hold no audio. */
const FINISHED_KEPT_S = 900;

/** Opens the queue, and makes its tables where they are missing. @throws Error when the server can't be reached. */
export async function openClipQueue(backend: QueueBackend, options: ClipQueueOptions = {}): Promise<ClipQueue> {
  const queue = bullQueue(backend);
  queue.on("error", options.onError ?? (() => undefined));
  // Redis' client would try for ever; a server that can't be reached at the start is more likely a wrong address.
  const refused = Promise.withResolvers<never>();
  queue.once("error", refused.reject);
  refused.promise.catch(() => undefined);
  try {
    await Promise.race([queue.waitUntilReady(), refused.promise]);
  } catch (cause) {
    await queue.close().catch(() => undefined);
    throw cause;
  }
  const jobOptions = {
    attempts: TRIES,
    backoff: { type: "exponential", delay: options.backoffMs ?? BACKOFF_MS },
    removeOnComplete: { age: FINISHED_KEPT_S },
    removeOnFail: { age: FINISHED_KEPT_S },
  } satisfies JobsOptions;
  return {
    async enqueueClip(id, job) {
      await queue.add("clip", job, { ...jobOptions, jobId: jobIdOf(id) });
    },
    waiting: () => queue.getWaitingCount(),
    async state(id) {
      return clipState(await queue.getJobState(jobIdOf(id)));
    },
    close: () => queue.close(),
  };
}

function bullQueue(backend: QueueBackend) {
  return backend.kind === "redis"
    ? new onRedis.Queue<NewClipJob>(CLIP_QUEUE, { connection: redisProducerConnection(backend.url) })
    : new onPostgres.Queue<NewClipJob>(CLIP_QUEUE, { connection: postgresConnection(backend.connectionString) });
}

/** BullMQ's own ids are numbers, so it refuses numbers from us; Discord's ids are nothing else. */
const JOB_ID_PREFIX = "clip-";

function jobIdOf(clipId: string): string {
  return JOB_ID_PREFIX + clipId;
}

/** The clip that a job of this id is about. */
export function clipIdOf(jobId: string): string {
  return jobId.slice(JOB_ID_PREFIX.length);
}

function clipState(state: string): ClipState {
  switch (state) {
    case "completed":
      return "done";
    case "active":
    case "failed":
    case "unknown":
      return state;
    default:
      return "waiting";
  }
}
