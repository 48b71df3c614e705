/** What one input may cost. */

import type { FuzzerOptions } from "./fuzzer.ts";

/** The bounds of `npm run fuzz`, and of every input that it ever found. */
export const BOUNDS: FuzzerOptions = {
  target: new URL("./targets.ts", import.meta.url).href,
  hangMs: 5000,
  // Ten minutes of samples are 38 MB; decoders, mutations and Node itself take the rest.
  maxMemoryBytes: 700 * 1024 * 1024,
};
