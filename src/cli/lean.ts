/** Keeps a process that runs for months small. */

import { setFlagsFromString } from "node:v8";

/**
 * Has V8 collect garbage early, in this thread and in those to come. Unasked it gives each thread's young objects up to
 * 64 MB, which a worker that makes pictures and JSON fills in minutes. Audio and tensors aren't on V8's heap, so what is
 * collected more often is little.
 */
export function keepHeapSmall(): void {
  // `--max-semi-space-size` is read only once, before any of our code runs; this one each time the space would grow.
  setFlagsFromString("--semi-space-growth-factor=1");
}
