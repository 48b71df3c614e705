/** What a model costs to run, as the benchmark measures it in a process of its own. */

import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const costSchema = z.object({
  realTimeFactor: z.record(z.string(), z.number()),
  inferenceMsPerSecondHeard: z.number(),
  peakMemoryMiB: z.number(),
});

/** Speed and memory. */
export type Cost = z.infer<typeof costSchema>;

/** Runs `npm run bench` for a model folder. */
export async function costOf(modelDir: string): Promise<Cost> {
  const script = join(import.meta.dirname, "..", "..", "bench", "run.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, "--json", "--model", resolve(modelDir)]);
  return costSchema.parse(JSON.parse(stdout));
}
