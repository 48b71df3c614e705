/** Loaded before everything else, also in threads: ends a thread that is given a file with the word POISON in it. */

import { isMainThread, parentPort } from "node:worker_threads";
import { z } from "zod";

const clip = z.object({ bytes: z.instanceof(Uint8Array) });

if (!isMainThread) {
  parentPort?.on("message", (message: unknown) => {
    const given = clip.safeParse(message);
    if (given.success && Buffer.from(given.data.bytes).includes("POISON")) process.exit(13);
  });
}
