/** Takes the clips that still wait out of one queue, and puts them into another. */

import type { QueueBackend } from "./backend.ts";
import { CLIP_QUEUE, type ClipJob, clipJob, type NewClipJob } from "./clip-job.ts";
import { clipIdOf, openQueue } from "./open-queue.ts";
import { openClipQueue } from "./queue.ts";

/** A clip that waits. */
export interface PendingClip {
  readonly id: string;
  readonly job: ClipJob;
}

/** Jobs that are read at once. */
const PAGE = 100;

/** All clips that aren't done. Nothing may work on the queue meanwhile. @throws Error when it can't be reached. */
export async function* pendingClips(backend: QueueBackend): AsyncGenerator<PendingClip, void> {
  const queue = await openQueue<NewClipJob>(backend, CLIP_QUEUE);
  try {
    for (const state of ["active", "waiting", "prioritized", "delayed"] as const) {
      for (let start = 0; ; start += PAGE) {
        const jobs = await queue.getJobs([state], start, start + PAGE - 1, true);
        for (const { id = "", data } of jobs) yield { id: clipIdOf(id), job: clipJob.parse(data) };
        if (jobs.length < PAGE) break;
      }
    }
  } finally {
    await queue.close();
  }
}

/** Puts clips into a queue, in the turns that they had. Those that are there already stay as they are. */
export async function restoreClips(backend: QueueBackend, clips: Iterable<PendingClip>): Promise<void> {
  const queue = await openClipQueue(backend);
  try {
    for (const { id, job } of clips) await queue.enqueueClip(id, job);
  } finally {
    await queue.close();
  }
}
