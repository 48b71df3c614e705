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
/** Keeps what it makes for a while, as a busy server does, and says how large the space for young objects became. */
const BUSY = `
  ${YOUNG}
  if (process.argv[1] === "lean") await import(${JSON.stringify(LEAN)});
  const kept = Array.from({ length: 20_000 });
  for (let i = 0; i < 400_000; i++) kept[i % kept.length] = { text: "some " + i, list: [i, i, i] };
  console.log(youngBytes());
`;

async function youngBytes(...args: string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", BUSY, ...args]);
  return Number(stdout);
}

test("a lean process keeps its young objects in little space", async () => {
  const [lean, usual] = await Promise.all([youngBytes("lean"), youngBytes()]);
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
