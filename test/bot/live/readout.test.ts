/** The message that shows a mood: seldom edited, only when there is something to see, and within Discord's limits. */

import { describe, expect, test } from "vitest";
import { EDIT_EVERY_MS, Readout } from "../../../src/bot/live/readout.ts";
import { Welcome } from "../../../src/bot/live/welcome.ts";
import { type HandClock, handClock } from "../../discord/clock.ts";

/** Lets promises settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function follow(clock: HandClock = handClock(0)) {
  const state = { shown: 0, edits: [] as [atMs: number, shown: number][], errors: [] as unknown[] };
  let answer: () => Promise<void> = async () => {};
  const readout = new Readout<number>(
    {
      clock,
      render: () => state.shown,
      send: async (shown) => {
        state.edits.push([clock.now(), shown]);
        await answer();
      },
      onError: (error) => state.errors.push(error),
    },
    0,
  );
  const advance = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  const change = (shown: number) => {
    state.shown = shown;
    readout.touch();
  };
  return {
    ...state,
    state,
    readout,
    clock,
    advance,
    change,
    answerWith: (next: () => Promise<void>) => (answer = next),
  };
}

describe("a readout", () => {
  test("shows the latest once in five seconds, and nothing when nothing is new", async () => {
    const { change, advance, edits, readout } = follow();
    change(1);
    await advance(EDIT_EVERY_MS - 1);
    expect(edits).toEqual([]);
    change(2);
    await advance(1);
    expect(edits).toEqual([[EDIT_EVERY_MS, 2]]);
    readout.touch();
    await advance(60_000);
    change(3);
    change(2);
    await advance(60_000);
    expect(edits).toHaveLength(1);
    change(4);
    await advance(0);
    expect(edits.at(-1)).toEqual([EDIT_EVERY_MS + 120_000, 4]);
    change(5);
    await advance(EDIT_EVERY_MS - 1);
    expect(edits).toHaveLength(2);
  });

  test("has one edit under way at most, and the newest follows when Discord took it", async () => {
    const { change, advance, edits, answerWith } = follow();
    const taken = Promise.withResolvers<void>();
    answerWith(() => taken.promise);
    change(1);
    await advance(EDIT_EVERY_MS);
    for (const shown of [2, 3, 4]) {
      change(shown);
      await advance(EDIT_EVERY_MS);
    }
    expect(edits).toHaveLength(1);
    taken.resolve();
    await settle();
    await advance(EDIT_EVERY_MS - 1);
    expect(edits).toHaveLength(1);
    await advance(1);
    expect(edits.at(-1)).toEqual([5 * EDIT_EVERY_MS, 4]);
  });

  test("that couldn't be shown is tried again when something changes", async () => {
    const { change, advance, edits, errors, answerWith } = follow();
    answerWith(() => Promise.reject(new Error("no")));
    change(1);
    await advance(EDIT_EVERY_MS);
    expect(errors).toHaveLength(1);
    answerWith(async () => {});
    change(1);
    await advance(EDIT_EVERY_MS);
    expect(edits.map(([, shown]) => shown)).toEqual([1, 1]);
  });

  test("shows nothing more when it is closed", async () => {
    const { change, advance, edits, readout } = follow();
    change(1);
    readout.close();
    await advance(60_000);
    change(2);
    await advance(60_000);
    expect(edits).toEqual([]);
  });

  test("keeps to Discord's limits in ten busy channels at once, also while Discord is slow", async () => {
    const clock = handClock(0);
    const all = Array.from({ length: 10 }, () => follow(clock));
    // One of them waits for a rate limit of ten seconds with each edit.
    all[0]?.answerWith(() => new Promise((resolve) => void clock.after(10_000, resolve)));
    for (let shown = 1; shown <= 1200; shown++) {
      for (const { change } of all) change(shown);
      clock.advance(50);
      await settle();
    }
    for (const [index, { edits }] of all.entries()) {
      expect(edits).toHaveLength(index === 0 ? 4 : 12);
      const gaps = edits.slice(1).map(([atMs], each) => atMs - (edits[each]?.[0] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(EDIT_EVERY_MS);
    }
  });
});

test("those who join together are welcomed together, and each once", async () => {
  const clock = handClock(0);
  const told: (readonly string[])[] = [];
  const welcome = new Welcome({ clock, tell: async (userIds) => void told.push(userIds) }, ["ada"]);
  for (const userId of ["ada", "bert", "cleo", "bert"]) welcome.greet(userId);
  clock.advance(2000);
  expect(told).toEqual([["bert", "cleo"]]);
  welcome.greet("cleo");
  welcome.greet("dan");
  clock.advance(2000);
  welcome.greet("eve");
  welcome.close();
  clock.advance(2000);
  expect(told).toEqual([["bert", "cleo"], ["dan"]]);
});
