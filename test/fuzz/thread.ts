/** A thread that reads bad input, and that can be killed. */

import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";

const { target } = z.object({ target: z.string() }).parse(workerData);
const { readEverything } = z
  .object({ readEverything: z.custom<(bytes: Uint8Array) => Promise<void>>() })
  .parse(await import(target));

parentPort?.on("message", async (message: unknown) => {
  try {
    await readEverything(z.instanceof(Uint8Array).parse(message));
    parentPort?.postMessage({ problem: null });
  } catch (error) {
    parentPort?.postMessage({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
parentPort?.postMessage("ready");
