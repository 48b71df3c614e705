import { describe, expect, test } from "vitest";
import { type AlertTerms, evidenceAt, type Heard, isQuiet, replay } from "../../src/mood/alerts.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const TERMS: AlertTerms = {
  labels: ["anger"],
  threshold: 0.6,
  windowMs: 2 * MINUTE,
  minUtterances: 5,
  cooldownMs: 10 * MINUTE,
  quiet: null,
};

/** Utterances ten seconds apart, from `at` on; a letter each: a(nger), f(ear), h(appiness), - (uncertain). */
function speech(letters: string, at = 0, everyMs = 10 * SECOND): Heard[] {
  const labels: Record<string, string> = { a: "anger", f: "fear", h: "happiness" };
  return [...letters].map((letter, index) => ({
    at: at + index * everyMs,
    label: labels[letter] ?? null,
    confidence: letter === "a" ? 0.8 : 0.5,
    subjectId: index % 2 === 0 ? "ada" : "bea",
  }));
}

describe("a rule", () => {
  test("rests on the share of the utterances in its window, and says how sure it is", () => {
    expect(evidenceAt(TERMS, speech("aaha-aa"), 60 * SECOND)).toEqual({
      ...{ labels: ["anger"], threshold: 0.6, share: 5 / 7, utterances: 7, matching: 5, people: 2 },
      ...{ confidence: expect.closeTo(0.8), from: 0, to: 60 * SECOND },
    });
  });

  test.each([
    ["too few utterances", "aaaa", {}],
    ["a share that only reaches the threshold", "aaahh", {}],
    ["other labels", "fffff", {}],
    ["nobody being sure", "-----", {}],
    ["less than all, where all is asked for", "aaaah", { threshold: 1 }],
  ])("does not fire on %s", (_, letters, terms) => {
    expect(evidenceAt({ ...TERMS, ...terms }, speech(letters), 40 * SECOND)).toBeUndefined();
  });

  test("takes any of its labels, and all at a threshold of 1", () => {
    const either = { ...TERMS, labels: ["anger", "fear"] };
    expect(evidenceAt(either, speech("afafh"), 40 * SECOND)?.matching).toBe(4);
    expect(evidenceAt({ ...TERMS, threshold: 1 }, speech("aaaaa"), 40 * SECOND)?.share).toBe(1);
  });

  test("forgets what lies before the window, and doesn't look ahead", () => {
    const heard = [...speech("aaaaa"), ...speech("hhhhh", 5 * MINUTE)];
    expect(evidenceAt(TERMS, heard, 6 * MINUTE)).toBeUndefined();
    expect(evidenceAt(TERMS, heard, 40 * SECOND)?.utterances).toBe(5);
  });
});

describe("a replay", () => {
  test("fires as soon as the rule holds, and again only after the cooldown", () => {
    const firings = replay(TERMS, speech("a".repeat(150)));
    expect(firings.map(({ at }) => at)).toEqual([40 * SECOND, 40 * SECOND + 10 * MINUTE, 40 * SECOND + 20 * MINUTE]);
  });

  test("is what would have been decided one by one", () => {
    const heard = speech("ahaaahahaaaafhaahhhhaaaaaahhhh".repeat(8), 0, 7 * SECOND);
    const one: number[] = [];
    for (const { at } of heard) {
      const last = one[one.length - 1];
      if (last !== undefined && at - last < TERMS.cooldownMs) continue;
      if (evidenceAt(TERMS, heard, at)) one.push(at);
    }
    expect(one.length).toBeGreaterThan(1);
    expect(replay(TERMS, heard).map(({ at }) => at)).toEqual(one);
  });

  test("marks what falls into quiet hours", () => {
    const quiet = { from: "22:00", to: "07:00", zone: "Europe/Berlin" };
    const [firing] = replay({ ...TERMS, quiet }, speech("aaaaa", Date.parse("2026-01-10T22:30:00Z")));
    expect(firing?.isQuiet).toBe(true);
  });
});

test.each([
  ["22:00", "07:00", "2026-01-10T21:00:00Z", true],
  ["22:00", "07:00", "2026-01-10T20:59:00Z", false],
  ["22:00", "07:00", "2026-01-10T05:59:00Z", true],
  ["22:00", "07:00", "2026-01-10T06:00:00Z", false],
  ["12:00", "14:00", "2026-07-10T10:30:00Z", true],
  ["12:00", "14:00", "2026-07-10T12:30:00Z", false],
])("quiet from %s to %s in Berlin, at %s: %s", (from, to, at, expected) => {
  expect(isQuiet({ from, to, zone: "Europe/Berlin" }, Date.parse(at))).toBe(expected);
});
