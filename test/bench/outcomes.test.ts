import { expect, test } from "vitest";
import { type Heard, outcomesOf } from "../../bench/live/outcomes.ts";
import type { Said } from "../../bench/live/talk.ts";
import { percentile } from "../../bench/statistics.ts";

/** A second of speech that begins at `startMs`, with the packets from number `first` on. */
function says(startMs: number, first: number, more: Partial<Said> = {}): Said {
  const sent = [{ ssrc: 1, first, packets: 50 }];
  return { userId: "ada", startMs, endMs: startMs + 1000, packets: 50, sent, passed: 50, ...more };
}

/** The bot is done with these packets at `atMs`. */
function hears(atMs: number, first: number, last: number, fate: Pick<Heard, "toldMs" | "reason">, ssrc = 1): Heard {
  return { span: { ssrc, first, last }, atMs, ...fate };
}

const fatesOf = (said: readonly Said[], heard: readonly Heard[]) => {
  const none = { read: 0, dropped: 0, notSent: 0, cutShort: 0, unexplained: 0 };
  const { fates } = outcomesOf(said, heard);
  expect(Object.keys(fates)).toEqual(Object.keys(none));
  return Object.fromEntries(Object.entries(fates).filter(([, count]) => count > 0));
};

test("what is read counts once, and has a latency where all of it is in one reading", () => {
  const said = [says(0, 100), says(3000, 150), says(6000, 200)];
  const heard = [
    hears(1600, 101, 149, { toldMs: 1800 }),
    hears(3900, 150, 170, { toldMs: 4000 }),
    hears(4600, 171, 199, { toldMs: 4900 }),
    hears(7600, 200, 220, { toldMs: 7900 }),
  ];
  expect(fatesOf(said, heard)).toEqual({ read: 3 });
  expect(outcomesOf(said, heard)).toMatchObject({ said: 3, unexplained: [], lostBehindBot: 0, latenciesMs: [800] });
});

test("each utterance has its own reason", () => {
  const said = [says(0, 100), says(3000, 150)];
  const short = hears(1600, 100, 149, { reason: "queue-full" });
  expect(fatesOf(said, [short, hears(4600, 150, 199, { reason: "stale" })])).toEqual({ dropped: 2 });
  // Another's reason is none.
  expect(fatesOf(said, [short, short])).toEqual({ dropped: 1, unexplained: 1 });
  expect(outcomesOf(said, [short]).unexplained).toEqual([said[1]]);
  expect(fatesOf(said, [short, hears(4600, 150, 199, { reason: "stale" }, 2)])).toEqual({ dropped: 1, unexplained: 1 });
});

test("two utterances that became one reading are read, and so is one whose second half was dropped", () => {
  const both = hears(4600, 100, 199, { toldMs: 4900 });
  expect(fatesOf([says(0, 100), says(3000, 150)], [both])).toEqual({ read: 2 });
  const halves = [hears(800, 100, 120, { toldMs: 900 }), hears(1600, 121, 149, { reason: "too-short" })];
  expect(fatesOf([says(0, 100)], halves)).toEqual({ read: 1 });
});

test("a reason for a part is none for what vanished beside it", () => {
  const half = hears(1600, 100, 107, { reason: "stale" });
  expect(fatesOf([says(0, 100)], [half])).toEqual({ unexplained: 1 });
  expect(fatesOf([says(0, 100)], [half, hears(1700, 108, 130, { reason: "stale" })])).toEqual({ dropped: 1 });
});

test("too short is no reason for what was long enough", () => {
  const halves = [hears(800, 100, 124, { reason: "too-short" }), hears(1600, 125, 149, { reason: "too-short" })];
  expect(fatesOf([says(0, 100)], halves)).toEqual({ unexplained: 1 });
  const moved = says(0, 100, {
    sent: [
      { ssrc: 1, first: 100, packets: 25 },
      { ssrc: 1, first: 125, packets: 25 },
    ],
  });
  expect(fatesOf([moved], halves)).toEqual({ dropped: 1 });
  expect(fatesOf([says(0, 100, { passed: 40 })], [hears(800, 100, 133, { reason: "too-short" })])).toEqual({
    dropped: 1,
  });
});

test("numbers go round their circle, and mean something else later", () => {
  const said = says(0, 65_520);
  expect(fatesOf([said], [hears(1600, 65_530, 33, { toldMs: 1800 })])).toEqual({ read: 1 });
  expect(fatesOf([said], [hears(1600, 65_500, 4, { toldMs: 1800 })])).toEqual({ read: 1 });
  expect(fatesOf([said], [hears(1600, 34, 90, { toldMs: 1800 })])).toEqual({ unexplained: 1 });
  expect(fatesOf([said], [hears(61_600, 65_530, 33, { toldMs: 61_800 })])).toEqual({ unexplained: 1 });
});

test("what never reached the bot, or too little of it, needs no reason", () => {
  const moved = {
    sent: [
      { ssrc: 1, first: 100, packets: 20 },
      { ssrc: 7, first: 9000, packets: 20 },
    ],
  };
  expect(fatesOf([says(0, 100, { passed: 0 })], [])).toEqual({ notSent: 1 });
  expect(fatesOf([says(0, 100, { ...moved, passed: 20 })], [])).toEqual({ cutShort: 1 });
  expect(fatesOf([says(0, 100, { ...moved, passed: 40 })], [])).toEqual({ unexplained: 1 });
  expect(fatesOf([says(0, 100, { ...moved, passed: 40 })], [hears(1600, 9000, 9019, { toldMs: 1 }, 7)])).toEqual({
    read: 1,
  });
});

test("what the bot handed on is read or dropped", () => {
  const heard = [hears(1600, 100, 149, {}), hears(1600, 150, 199, { reason: "stale" })];
  expect(outcomesOf([says(0, 100)], heard)).toMatchObject({ lostBehindBot: 1, fates: { unexplained: 1 } });
});

test("percentiles are values that were there", () => {
  const values = Array.from({ length: 20 }, (_, index) => index + 1);
  expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1)]).toEqual([10, 19, 20]);
  expect(percentile([], 0.5)).toBeNaN();
});
