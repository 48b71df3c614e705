/** How long a clip waits before it is tried again. */

import type { JobsOptions } from "bullmq";

/** A failure that shall be tried again after a certain time, as a server asked for it. */
export class RetryLaterError extends Error {
  override readonly name = "RetryLaterError";
  /** In ms. */
  readonly afterMs: number;

  constructor(message: string, afterMs: number) {
    super(message);
    this.afterMs = afterMs;
  }
}

/** The longest (ms) that a server's wish is followed; then it is simply tried again. */
const LONGEST_WISH_MS = 60_000;

/** How long (ms) to wait before another try, as BullMQ asks it: as told, and at least twice as long each time. */
export function backoff(
  tries: number,
  _type: string | undefined,
  error: Error | undefined,
  job: { opts: JobsOptions } | undefined,
) {
  const given = job?.opts.backoff;
  const firstMs = typeof given === "number" ? given : (given?.delay ?? 0);
  const wishMs = error instanceof RetryLaterError ? Math.min(error.afterMs, LONGEST_WISH_MS) : 0;
  return Math.max(firstMs * 2 ** (tries - 1), wishMs);
}
