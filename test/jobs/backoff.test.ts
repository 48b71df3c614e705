import { expect, test } from "vitest";
import { backoff, RetryLaterError } from "../../src/jobs/backoff.ts";

const job = { opts: { backoff: { type: "as-told", delay: 2000 } } };

test.each([
  ["the first wait is the job's own", 1, new Error("away"), 2000],
  ["the next is twice as long", 2, new Error("away"), 4000],
  ["a server's wish is followed", 1, new RetryLaterError("429", 7000), 7000],
  ["a shorter wish doesn't make it hasty", 2, new RetryLaterError("429", 50), 4000],
  ["a wish of hours is not", 1, new RetryLaterError("429", 3_600_000), 60_000],
])("%s", (_what, tries, error, expected) => {
  expect(backoff(tries, "as-told", error, job)).toBe(expected);
});
