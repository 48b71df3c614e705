/** The queue of clips, as the bot and the page see it. */

import type { JobsOptions } from "bullmq";
import type { QueueBackend } from "./backend.ts";
import { CLIP_QUEUE, type NewClipJob } from "./clip-job.ts";
import { jobIdOf, openQueue } from "./open-queue.ts";

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
  /** The next turn of a server or person; without it, clips are taken as they come. */
  readonly nextTurn?: (who: string) => Promise<number>;
  /** Told about lost connections and the like; BullMQ reconnects by itself. */
  readonly onError?: (error: Error) => void;
}

/** What may pass is tried so many times in all. */
const TRIES = 3;
/** Default wait before the second try: most hiccups of a network are over by then, and a person still waits. */
const BACKOFF_MS = 2000;
/** Not one of BullMQ's own types, so that the consumer is asked how long to wait. */
const BACKOFF_TYPE = "as-told";
/** BullMQ's highest. */
const MAX_PRIORITY = 2 ** 21 - 1;
/** Finished jobs stay for as long (seconds), so that an id enqueued twice is recognised. They hold no audio. */
const FINISHED_KEPT_S = 900;

/** Opens the queue, and makes its tables where they are missing. @throws Error when the server can't be reached. */
export async function openClipQueue(backend: QueueBackend, options: ClipQueueOptions = {}): Promise<ClipQueue> {
  const queue = await openQueue<NewClipJob>(backend, CLIP_QUEUE, options.onError);
  const jobOptions = {
    attempts: TRIES,
    backoff: { type: BACKOFF_TYPE, delay: options.backoffMs ?? BACKOFF_MS },
    removeOnComplete: { age: FINISHED_KEPT_S },
    removeOnFail: { age: FINISHED_KEPT_S },
  } satisfies JobsOptions;
  return {
    async enqueueClip(id, job) {
      const turn = await options.nextTurn?.(whoseTurn(job));
      const inTurn = turn === undefined ? {} : { priority: priorityOf(turn) };
      await queue.add("clip", { ...job, turn }, { ...jobOptions, ...inTurn, jobId: jobIdOf(id) });
    },
    waiting: () => queue.getJobCountByTypes("waiting", "prioritized"),
    async state(id) {
      return clipState(await queue.getJobState(jobIdOf(id)));
    },
    close: () => queue.close(),
  };
}

/** Servers take turns; where there is none, people do; the page is one more. */
function whoseTurn({ attribution }: NewClipJob): string {
  if (attribution?.guildId) return `server-${attribution.guildId}`;
  return attribution?.askerId ? `person-${attribution.askerId}` : "page";
}

/**
 * BullMQ's priority for a turn: the lower, the sooner. There are two million of them; then they begin again, and what
 * waits at that moment is overtaken once.
 */
function priorityOf(turn: number): number {
  return 1 + ((turn - 1) % MAX_PRIORITY);
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
