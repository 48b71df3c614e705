/** Finds clips that the queue has forgotten, and asks for them again. */

import type { Logger } from "pino";
import type { NewClipJob } from "../jobs/clip-job.ts";
import type { ClipState } from "../jobs/queue.ts";
import type { Store } from "../store/index.ts";

/** What recovery needs. */
export interface RecoveryParts {
  readonly outbox: Store["outbox"];
  readonly queue: {
    state(id: string): Promise<ClipState>;
    enqueueClip(id: string, job: NewClipJob): Promise<void>;
  };
  readonly logger: Logger;
  /** Tells the time, in ms since 1970; the system's clock by default. */
  readonly now?: () => number;
}

/** A promise this old (ms) should be in the queue; before, its bot may be about to put it there. */
const SETTLED_MS = 15_000;
/** Discord takes no answer after fifteen minutes; an upload is kept for an hour. */
const LONGEST_MS = 3_600_000;
/** How often (ms) the queue is compared with the promises. */
const EVERY_MS = 10_000;

/** Compares once. Asking again for what is there changes nothing, so any number of workers may do so at once. */
export async function recoverOnce({ outbox, queue, logger, now = Date.now }: RecoveryParts): Promise<void> {
  await outbox.deleteBefore(new Date(now() - LONGEST_MS));
  for (const { id, job } of await outbox.madeBefore(new Date(now() - SETTLED_MS))) {
    const state = await queue.state(id);
    if (state === "done" || state === "failed") await outbox.done(id);
    if (state !== "unknown") continue;
    logger.warn({ clip: id, trace: job.trace }, "the queue forgot a clip; it is asked for again");
    await queue.enqueueClip(id, job);
  }
}

/** Compares again and again until it is closed. */
export function startRecovery(parts: RecoveryParts): { close(): Promise<void> } {
  let under = Promise.resolve();
  const timer = setInterval(() => {
    under = under.then(() =>
      recoverOnce(parts).catch((error: unknown) => {
        parts.logger.warn({ reason: String(error) }, "queue and promises couldn't be compared");
      }),
    );
  }, EVERY_MS);
  return {
    close: () => {
      clearInterval(timer);
      return under;
    },
  };
}
