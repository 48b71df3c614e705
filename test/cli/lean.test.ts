import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const CLI = join(import.meta.dirname, "..", "..", "src", "cli");
const LEAN = join(CLI, "lean.ts");
/** A program's function that tells how large the space for its young objects is. */
const YOUNG = `
  import { getHeapSpaceStatistics } from "node:v8";
  const youngBytes = () => getHeapSpaceStatistics().find((space) => space.space_name === "new_space")?.space_size;
`;
/** Says so on standard error when the process ends. */
const PRELOADED = `${YOUNG} process.on("exit", () => console.error(youngBytes()));`;
/**
 * Keeps what it makes for a while, as a busy server does, and says how large the space for young objects is when it has
 * become as large as it will: at its least, as V8 lends it pages during a collection.
 */
const BUSY = `
  ${YOUNG}
  if (process.argv[1] === "lean") await import(${JSON.stringify(LEAN)});
  const kept = Array.from({ length: 20_000 });
  let least = Infinity;
  for (let i = 0; i < 400_000; i++) {
    kept[i % kept.length] = { text: "some " + i, list: [i, i, i] };
    if (i > 200_000 && i % 10_000 === 0) least = Math.min(least, youngBytes());
  }
  console.log(least);
`;

async function saidBy(program: string, ...args: string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program, ...args]);
  return Number(stdout);
}

test("a lean process keeps its young objects in little space", async () => {
  const [lean, usual] = await Promise.all([saidBy(BUSY, "lean"), saidBy(BUSY)]);
  expect(lean).toBeGreaterThan(0);
  expect(lean).toBeLessThan(4 * 2 ** 20);
  expect(usual).toBeGreaterThan(2 * lean);
});

test("the timbre command is lean before it loads what it is made of", async () => {
  const preload = ["--import", `data:text/javascript,${encodeURIComponent(PRELOADED)}`];
  const { stderr } = await promisify(execFile)(process.execPath, [...preload, join(CLI, "timbre.ts"), "--help"]);
  expect(Number(stderr)).toBeGreaterThan(0);
  expect(Number(stderr)).toBeLessThan(4 * 2 ** 20);
});

/**
 * Runs a large function once, is busy until V8 has collected everything four times, which is between the two and the six that it waits,
 * and says how many bytes of bytecode there are. Collections that a program asks for don't count.
 */
const ONCE = `
  import { constants, PerformanceObserver } from "node:perf_hooks";
  import { setImmediate } from "node:timers/promises";
  import { getHeapCodeStatistics } from "node:v8";
  if (process.argv[1] === "lean") await import(${JSON.stringify(LEAN)});
  let collections = 0;
  new PerformanceObserver((list) => {
    collections += list.getEntries().filter((entry) => entry.detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR).length;
  }).observe({ entryTypes: ["gc"] });
  const sums = Array.from({ length: 4000 }, (_, i) => "sum += " + i + " * seed;").join("");
  globalThis.once = new Function("seed", "let sum = 0;" + sums + "return sum;");
  globalThis.once(2);
  const kept = [];
  for (let round = 0; collections < 4; round++) {
    kept[round % 10] = Array.from({ length: 20_000 }, (_, i) => ({ text: "some " + i, list: [i] }));
    await setImmediate();
  }
  console.log(getHeapCodeStatistics().bytecode_and_metadata_size);
`;

test("a lean process soon forgets the code of what runs once", async () => {
  const [lean, usual] = await Promise.all([saidBy(ONCE, "lean"), saidBy(ONCE)]);
  expect(lean).toBeGreaterThan(0);
  expect(usual - lean).toBeGreaterThan(300_000);
});
