import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { BOUNDS } from "./bounds.ts";
import { Fuzzer, type FuzzerOptions } from "./fuzzer.ts";
import { badInput } from "./mutations.ts";

/** Other tests share this process, and its peak isn't theirs to explain; `npm run fuzz` bounds it. */
const HERE = { ...BOUNDS, hangMs: 30_000, peakMemory: () => 0 };
const FOUND = join(import.meta.dirname, "..", "fixtures", "found");

let fuzzer: Fuzzer | undefined;

afterEach(async () => {
  await fuzzer?.close();
});

function fuzzing(options: Partial<FuzzerOptions> = {}): Fuzzer {
  fuzzer = new Fuzzer({ ...HERE, ...options });
  return fuzzer;
}

test("bad input of every kind is read or refused", async () => {
  const under = fuzzing();
  for (let number = 0; number < 150; number++) {
    const { name, bytes } = badInput(2026, number);
    expect(await under.run(bytes), `${name} ${number}`).toEqual({ kind: "fine" });
  }
});

test("what the fuzzer found once is read or refused since", async () => {
  const under = fuzzing();
  for (const name of existsSync(FOUND) ? readdirSync(FOUND) : [])
    expect(await under.run(readFileSync(join(FOUND, name))), name).toEqual({ kind: "fine" });
});

test("the same seed makes the same inputs", () => {
  expect(badInput(1, 5)).toEqual(badInput(1, 5));
  expect(badInput(1, 5).bytes).not.toEqual(badInput(2, 5).bytes);
});

test("the fuzzer notices exceptions, ends, hangs and deaths, and goes on", async () => {
  let peak = 1;
  const under = fuzzing({
    target: new URL("./bad-target.ts", import.meta.url).href,
    hangMs: 500,
    maxMemoryBytes: 10,
    peakMemory: () => peak,
  });
  const outcomes: string[] = [];
  for (const kind of [0, 1, 2, 3, 4, 0]) outcomes.push((await under.run(Uint8Array.of(kind))).kind);
  expect(outcomes).toEqual(["fine", "exception", "crash", "hang", "crash", "fine"]);
  peak = 11;
  expect([await under.run(Uint8Array.of(0)), await under.run(Uint8Array.of(0))]).toMatchObject([
    { kind: "memory" },
    { kind: "fine" },
  ]);
});
