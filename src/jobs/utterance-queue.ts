/**
 * The queue of what is said in live channels. A job is only a ticket: the audio waits in the store, where it can be
 * dropped at any time, and the ticket then leads nowhere.
 */

import type { JobsOptions } from "bullmq";
import type { QueueBackend } from "./backend.ts";
import { jobIdOf, openQueue } from "./open-queue.ts";

/** Name of the queue. */
export const UTTERANCE_QUEUE = "utterances";

/** Hands utterances to whichever worker is free, the oldest first. */
export interface UtteranceQueue {
  /** Asks for an utterance that is kept in the store to be read. Asking again with the same id changes nothing. */
  enqueueUtterance(clipId: string): Promise<void>;
  /** Ends the connections. */
  close(): Promise<void>;
}

/** One hiccup is survived; then the mood has moved on. The store knows what became of each, so no job is kept. */
const JOB: JobsOptions = {
  attempts: 2,
  backoff: { type: "fixed", delay: 500 },
  removeOnComplete: true,
  removeOnFail: true,
};

/** Opens the queue. @throws Error when the server can't be reached. */
export async function openUtteranceQueue(
  backend: QueueBackend,
  onError?: (error: Error) => void,
): Promise<UtteranceQueue> {
  const queue = await openQueue<object>(backend, UTTERANCE_QUEUE, onError);
  return {
    async enqueueUtterance(clipId) {
      await queue.add("utterance", {}, { ...JOB, jobId: jobIdOf(clipId) });
    },
    close: () => queue.close(),
  };
}
