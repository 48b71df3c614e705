import { expect, test } from "vitest";
import { calibrationBins, measure, riskCoverage } from "../../src/cli/metrics.ts";

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

/** Mean and deviation of how far from `confidence` the share of heads lies when coins that fall so often are tossed. */
function tossed(coins: number, confidence: number): { mean: number; deviation: number } {
  let probability = (1 - confidence) ** coins;
  let mean = 0;
  let squares = 0;
  for (let heads = 0; heads <= coins; heads++) {
    mean += probability * Math.abs(heads / coins - confidence);
    squares += probability * (heads / coins - confidence) ** 2;
    probability *= ((coins - heads) / (heads + 1)) * (confidence / (1 - confidence));
  }
  return { mean, deviation: Math.sqrt(squares - mean ** 2) };
}

/** Ten clips of each speaker, of which so many are right. */
function voices(right: readonly number[]) {
  return right.flatMap((count, speaker) =>
    Array.from({ length: 10 }, (_, clip) => ({
      ...verdict("fear", clip < count ? "fear" : "anger", 0.7),
      speaker: String(speaker),
    })),
  );
}

test("faultless confidences have a calibration error by chance alone", () => {
  const verdicts = Array.from({ length: 40 }, () => verdict("fear", "fear", 0.7));
  const { mean, deviation } = measure(verdicts).eceByChance;
  const expected = tossed(40, 0.7);
  expect(mean).toBeCloseTo(expected.mean, 2);
  expect(deviation).toBeCloseTo(expected.deviation, 2);
  expect(mean).toBeGreaterThan(0.05);
});

test("what a speaker says that is right or wrong as a whole is one chance, not many", () => {
  const together = measure(voices(Array.from({ length: 40 }, (_, speaker) => (speaker < 28 ? 10 : 0)))).eceByChance;
  const apart = measure(voices(Array.from({ length: 40 }, () => 7))).eceByChance;
  expect(together.mean).toBeCloseTo(tossed(40, 0.7).mean, 2);
  expect(together.deviation).toBeCloseTo(tossed(40, 0.7).deviation, 2);
  expect(apart.mean).toBeCloseTo(tossed(400, 0.7).mean, 2);
  expect(together.mean).toBeGreaterThan(3 * apart.mean);
});

test("nothing can't be measured", () => {
  expect(() => measure([])).toThrow(RangeError);
});

test("the risk-coverage curve leaves the least confident out first", () => {
  const verdicts = [0.9, 0.8, 0.7, 0.2].map((confidence) =>
    verdict("fear", confidence > 0.5 ? "fear" : "anger", confidence),
  );
  expect(riskCoverage(verdicts, [0.5, 0.75, 1])).toEqual([
    { coverage: 0.5, accuracy: 1 },
    { coverage: 0.75, accuracy: 1 },
    { coverage: 1, accuracy: 0.75 },
  ]);
});

test("bins hold clips of like confidence, lowest first", () => {
  const bins = calibrationBins([
    verdict("fear", "fear", 1),
    verdict("fear", "anger", 0.95),
    verdict("fear", "fear", 0.12),
  ]);
  expect(bins).toEqual([
    { n: 1, confidence: 0.12, accuracy: 1 },
    { n: 2, confidence: 0.975, accuracy: 0.5 },
  ]);
});
