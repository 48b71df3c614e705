/** What the protocol makes of kept results. */

import { expect, test } from "vitest";
import type { Result, ResultRow } from "../../training/evaluation/results.ts";
import type { ModelResults } from "../../training/evaluation/scoring.ts";
import { summarise } from "../../training/evaluation/summary.ts";

/** A fold in which the first so many of ten clips, half of them angry and half neutral, are heard as the other emotion. */
function fold(name: string, wrong: number, corpus = "studio"): ModelResults {
  const rows = Array.from({ length: 10 }, (_, i): ResultRow => {
    const truth = i % 2 === 0 ? "anger" : "neutral";
    const label = i < wrong === (truth === "anger") ? "neutral" : "anger";
    const scores = { anger: label === "anger" ? 0.9 : 0.1, neutral: label === "neutral" ? 0.9 : 0.1 };
    const heard = { speech: true, label, confidence: 0.9, uncertain: false, adapted: false, scores };
    return { path: `${name}/${i}`, corpus, speaker: name, truth, ...heard };
  });
  const opus: Result = {
    model: name,
    sha256: "",
    fingerprint: "",
    condition: "opus",
    rows,
    unreadable: [],
    leftOut: {},
  };
  return new Map([["opus", opus]]);
}

test("the fold that the recipe was tried on also is left out of a mean", () => {
  const { heldOut } = summarise([fold("fold-0", 0), fold("fold-1", 10), fold("fold-2", 4)], []);
  const folds = heldOut["studio"]?.["opus"]?.folds;
  expect(folds?.uar.mean).toBeCloseTo((1 + 0 + 0.6) / 3);
  expect(folds?.uarElsewhere).toEqual({ mean: expect.closeTo(0.8), deviation: expect.closeTo(0.2) });
});

test("a corpus of which only that fold has people has no such mean", () => {
  const { heldOut } = summarise([fold("fold-0", 0), fold("fold-1", 2, "street")], []);
  expect(heldOut["street"]?.["opus"]?.folds.uar.mean).toBeCloseTo(0.8);
  expect(heldOut["street"]?.["opus"]?.folds.uarElsewhere).toBeUndefined();
});

test("a calibration error by chance is that of few people, where all that one says is right or wrong", () => {
  const few = summarise([fold("fold-0", 0), fold("fold-1", 10)], []).heldOut["studio"]?.["opus"]?.eceByChance;
  const many = summarise([fold("fold-0", 5), fold("fold-1", 5)], []).heldOut["studio"]?.["opus"]?.eceByChance;
  expect(few?.mean).toBeGreaterThan(2 * (many?.mean ?? 1));
});
