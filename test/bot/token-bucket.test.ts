import { expect, test } from "vitest";
import { tokenBuckets } from "../../src/bot/token-bucket.ts";

test("a bucket gives what is in it, and fills up with time, never over its brim", () => {
  let nowMs = 0;
  const buckets = tokenBuckets({ capacity: 2, refillMs: 100, now: () => nowMs });
  const taken = () => [1, 2, 3].filter(() => buckets.take("a")).length;
  expect(taken()).toBe(2);
  nowMs = 99;
  expect(taken()).toBe(0);
  nowMs = 100;
  expect(taken()).toBe(1);
  nowMs = 10_000;
  expect(taken()).toBe(2);
});

test("buckets don't know one another", () => {
  const buckets = tokenBuckets({ capacity: 1, refillMs: 100, now: () => 0 });
  expect(["a", "b", "a"].map((key) => buckets.take(key))).toEqual([true, true, false]);
});
