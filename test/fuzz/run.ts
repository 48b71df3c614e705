/**
 * `npm run fuzz -- --inputs N [--seed S] [--from I] [--minutes M]`: throws N bad inputs at every decoder and parser.
 *
 * Memory is handed out as in the Dockerfile: else glibc keeps ever more of it for threads, which is its doing and not an input's.
 *
 * The same seed makes the same inputs. What is found is written to test/fixtures/found, where the tests read it again
 * for ever. The last line is JSON; the exit code is 1 when something was found.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BOUNDS } from "./bounds.ts";
import { Fuzzer } from "./fuzzer.ts";
import { badInput } from "./mutations.ts";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    minutes: { type: "string", default: "1440" },
  },
});
const [inputs, seed, from, minutes] = [values.inputs, values.seed, values.from, values.minutes].map(Number);
const FOUND = join(import.meta.dirname, "..", "fixtures", "found");

const fuzzer = new Fuzzer(BOUNDS);
const startMs = performance.now();
const byMutation: Record<string, number> = {};
let slowestMs = 0;
let found = 0;
let done = 0;
for (let number = from ?? 0; done < (inputs ?? 0); number++) {
  if (performance.now() - startMs > (minutes ?? 0) * 60_000) break;
  const { name, bytes } = badInput(seed ?? 1, number);
  const beganMs = performance.now();
  const outcome = await fuzzer.run(bytes);
  slowestMs = Math.max(slowestMs, performance.now() - beganMs);
  byMutation[name] = (byMutation[name] ?? 0) + 1;
  done += 1;
  if (outcome.kind !== "fine") {
    found += 1;
    const file = `${outcome.kind}-${name}-${seed}-${number}`;
    await mkdir(FOUND, { recursive: true });
    await writeFile(join(FOUND, file), bytes);
    console.log(`${file}: ${outcome.words}`);
  }
  if (done % 1000 === 0) console.log(`${done} inputs, ${found} found, slowest ${Math.round(slowestMs)} ms`);
}
await fuzzer.close();
console.log(
  JSON.stringify({
    ...{ inputs: done, seed, found, slowestMs: Math.round(slowestMs), byMutation },
    peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    minutes: Math.round((performance.now() - startMs) / 600) / 100,
  }),
);
process.exitCode = found > 0 ? 1 : 0;
