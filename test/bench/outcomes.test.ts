import { expect, test } from "vitest";
import { outcomesOf, percentile, type Read } from "../../bench/live/outcomes.ts";
import type { Said } from "../../bench/live/talk.ts";

const NOTHING = { "too-short": 0, undecryptable: 0, stale: 0 };

/** A second of speech that begins at `startMs`. */
function says(startMs: number, more: Partial<Said> = {}): Said {
  return { userId: "ada", startMs, endMs: startMs + 1000, packets: 50, sent: [50], passed: 50, ...more };
}

function reads(startMs: number, more: Partial<Read> = {}): Read {
  return { userId: "ada", startMs: startMs + 3, toldMs: startMs + 1800, ...more };
}

function account(
  said: readonly Said[],
  read: readonly Read[],
  dropped: Readonly<Record<string, number>> = NOTHING,
  droppedLate = 0,
) {
  return outcomesOf(said, read, { utterances: read.length + droppedLate, dropped }, droppedLate);
}

test("what is read counts once, and for its own speaker only", () => {
  const all = account([says(0), says(3000), says(0, { userId: "bert" })], [reads(0), reads(3000)]);
  expect(all).toMatchObject({ said: 3, fates: { read: 2, whole: 1 }, unexplained: 1, lostBehindBot: 0 });
  expect(all.latenciesMs).toEqual([800, 800]);
  expect(account([says(0), says(3000)], [reads(2000, { toldMs: 3500 })])).toMatchObject({
    fates: { read: 1, whole: 1 },
    latenciesMs: [2500],
  });
});

test("what was said while the call moved needs no reason, and has no latency", () => {
  const halves = says(0, { sent: [20, 30] });
  const all = account([halves, says(5000, { sent: [50], passed: 0 })], [reads(0), reads(400)]);
  expect(all).toMatchObject({ fates: { read: 1, notSent: 1 }, unexplained: 0, latenciesMs: [] });
});

test("what has no reading has a reason of its own kind", () => {
  const long = says(0);
  const short = says(3000, { endMs: 3400, packets: 20, sent: [20], passed: 20 });
  expect(account([long, short], [], { ...NOTHING, "too-short": 2 })).toMatchObject({
    fates: { whole: 1, short: 1 },
    unexplained: 1,
  });
  expect(account([long, short], [], { "too-short": 1, stale: 1 }, 1)).toMatchObject({ unexplained: 0 });
  expect(account([long, short], [], { ...NOTHING, undecryptable: 2 })).toMatchObject({ unexplained: 0 });
  expect(account([long, short], [], { ...NOTHING, undecryptable: 1 })).toMatchObject({ unexplained: 1 });
});

test("what was said while the bot had no key yet counts as cut", () => {
  const health = { utterances: 0, dropped: { ...NOTHING, "too-short": 1 } };
  expect(outcomesOf([says(3000)], [], health, 0, [1000])).toMatchObject({ fates: { cut: 1 }, unexplained: 0 });
  expect(outcomesOf([says(3000)], [], { ...health, dropped: NOTHING }, 0, [1000])).toMatchObject({ unexplained: 1 });
  expect(outcomesOf([says(9000)], [], health, 0, [1000])).toMatchObject({ fates: { whole: 1 }, unexplained: 1 });
});

test("what was cut by a move has a reason where enough of it was left", () => {
  const little = says(0, { sent: [30, 10], passed: 20 });
  const much = says(3000, { packets: 100, sent: [60, 30], passed: 80 });
  const fates = { cutShort: 1, cut: 1 };
  expect(account([little, much], [])).toMatchObject({ fates, unexplained: 1 });
  expect(account([little, much], [], { ...NOTHING, "too-short": 1 })).toMatchObject({ fates, unexplained: 0 });
});

test("what the bot handed on is read or dropped", () => {
  const health = { utterances: 3, dropped: { ...NOTHING, stale: 1 } };
  expect(outcomesOf([says(0)], [reads(0)], health, 1).lostBehindBot).toBe(1);
});

test("percentiles are values that were there", () => {
  const values = Array.from({ length: 20 }, (_, index) => index + 1);
  expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1)]).toEqual([10, 19, 20]);
  expect(percentile([], 0.5)).toBeNaN();
});
