/**
 * Keeps the process small, its threads included; to be imported before anything else. Unasked, V8 gives each thread's
 * young objects up to 64 MB, and collects the old ones when they have doubled: a worker took 120 MB more for a tenth less
 * work. Audio, tensors and pictures aren't on V8's heap.
 */

import { setFlagsFromString } from "node:v8";

// V8 reads `--max-semi-space-size` before any of our code runs, but these whenever a space would grow.
setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--heap-growing-percent=25");
// Most of what was loaded runs once, at the start: its bytecode goes after two collections without a run, not six.
setFlagsFromString("--bytecode-old-age=2");
