import { expect, test } from "vitest";
import { measure } from "../../src/cli/metrics.ts";

const verdict = (truth: string, said: string, confidence = 1, open = said) => ({ truth, said, confidence, open });

test("UAR counts each class alike, accuracy each clip", () => {
  const metrics = measure([
    ...Array.from({ length: 9 }, () => verdict("neutral", "neutral")),
    verdict("anger", "neutral"),
  ]);
  expect(metrics).toMatchObject({
    n: 10,
    uar: 0.5,
    accuracy: 0.9,
    recall: { neutral: 1, anger: 0 },
    confusion: { neutral: { neutral: 9 }, anger: { neutral: 1 } },
  });
});

test("with every label allowed, answers that the corpus lacks are wrong", () => {
  const metrics = measure([verdict("sadness", "sadness", 0.6, "disgust"), verdict("sadness", "sadness", 0.6)]);
  expect(metrics).toMatchObject({ uar: 1, openUar: 0.5 });
});

test("calibration error is the gap between confidence and accuracy", () => {
  const honest = Array.from({ length: 10 }, (_, i) => verdict("fear", i < 7 ? "fear" : "anger", 0.7));
  const boastful = Array.from({ length: 10 }, (_, i) => verdict("fear", i < 5 ? "fear" : "anger", 0.9));
  expect(measure(honest).ece).toBeCloseTo(0);
  expect(measure(boastful).ece).toBeCloseTo(0.4);
});

test("nothing can't be measured", () => {
  expect(() => measure([])).toThrow(RangeError);
});
