import { describe, expect, test } from "vitest";
import { departureOf } from "../../../src/bot/live/departure.ts";
import { Roll } from "../../../src/bot/live/roll.ts";

const RULES = { longestMs: 1000, emptyMs: 10, nobodyMs: 100 };

test.each([
  ["somebody takes part", undefined, undefined, { atMs: 1000, reason: "time" }],
  ["nobody takes part", undefined, 200, { atMs: 300, reason: "nobody" }],
  ["the channel is empty", 200, 200, { atMs: 210, reason: "empty" }],
  ["it was long empty of those who take part", 295, 200, { atMs: 300, reason: "nobody" }],
  ["its time is nearly over", 995, 950, { atMs: 1000, reason: "time" }],
])("when %s, it leaves at the first of its limits", (_, emptySinceMs, nobodySinceMs, departure) => {
  expect(departureOf({ startedMs: 0, emptySinceMs, nobodySinceMs }, RULES)).toEqual(departure);
});

describe("the roll", () => {
  const ATTENDED = { startedMs: 0, emptySinceMs: undefined, nobodySinceMs: undefined };

  test("knows since when nobody is there, and since when nobody takes part", () => {
    const roll = new Roll(0);
    expect(roll.attendance()).toEqual({ startedMs: 0, emptySinceMs: 0, nobodySinceMs: 0 });
    expect(roll.place("ada", true, 10)).toBe(true);
    expect(roll.place("ada", true, 20)).toBe(false);
    expect(roll.attendance()).toEqual({ ...ATTENDED, nobodySinceMs: 0 });
    roll.update(["ada", "bert"], 30);
    expect(roll.attendance()).toEqual(ATTENDED);
    roll.place("ada", false, 40);
    // Bert takes part, but isn't there.
    expect(roll.attendance()).toEqual({ ...ATTENDED, emptySinceMs: 40, nobodySinceMs: 40 });
    roll.place("eve", true, 50);
    expect(roll.attendance()).toEqual({ ...ATTENDED, nobodySinceMs: 40 });
    roll.place("bert", true, 60);
    expect(roll.attendance()).toEqual(ATTENDED);
    expect(roll.update(["ada"], 70)).toEqual(["bert"]);
    expect(roll.attendance()).toEqual({ ...ATTENDED, nobodySinceMs: 70 });
  });

  test("takes somebody who leaves at their word, whatever older news say, until they come back", () => {
    const roll = new Roll(0);
    roll.place("ada", true, 0);
    roll.update(["ada"], 1);
    roll.leave("ada", 2);
    expect(roll.isHeard("ada")).toBe(false);
    // From before they left.
    roll.update(["ada", "bert"], 3);
    expect(roll.isHeard("ada")).toBe(false);
    expect(roll.included).toEqual(["bert"]);
    roll.update(["bert"], 4);
    roll.update(["ada", "bert"], 5);
    expect(roll.isHeard("ada")).toBe(true);
    roll.leave("ada", 6);
    roll.comeBack("ada");
    roll.update(["ada", "bert"], 7);
    expect(roll.isHeard("ada")).toBe(true);
  });
});
