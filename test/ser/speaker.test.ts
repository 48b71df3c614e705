import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, encodeOggOpus, openAnalyzer, type SpeakerStatistics, UNHEARD } from "../../src/ser/index.ts";
import { baselineOf, spreadOf, withUtterance } from "../../src/ser/speaker.ts";
import { sine } from "../support/signals.ts";

const heard = (...utterances: number[][]) => utterances.reduce(withUtterance, UNHEARD);

describe("running statistics", () => {
  test("are the mean and the spread of the utterances, in any order", () => {
    const speaker = heard([1, 10], [3, 10], [5, 16]);
    expect(speaker.utterances).toBe(3);
    expect(speaker.mean[0]).toBeCloseTo(3);
    expect(speaker.mean[1]).toBeCloseTo(12);
    // Variances 8/3 and 8.
    expect(spreadOf(speaker)).toBeCloseTo((8 / 3 + 8) / 2);
    expect(spreadOf(heard([5, 16], [1, 10], [3, 10]))).toBeCloseTo(spreadOf(speaker));
  });

  test("refuse an embedding of another model", () => {
    expect(() => withUtterance(heard([1, 2]), [1])).toThrow(RangeError);
  });
});

describe("the baseline", () => {
  const shrinkage = { size: 1, halfAt: 2, fullSpread: 1, spreadPower: 3 };

  test("shrinks towards the population by how much was heard", () => {
    // Spread 1 and 4: both varied enough.
    expect(baselineOf(heard([1], [3]), shrinkage)[0]).toBeCloseTo(2 * (2 / 4));
    expect(baselineOf(heard([0], [4], [0], [4], [0], [4]), shrinkage)[0]).toBeCloseTo(2 * (6 / 8));
  });

  test("and by how varied it was", () => {
    expect(baselineOf(heard([1.5], [2.5]), shrinkage)[0]).toBeCloseTo(2 * (2 / 4) * 0.25 ** 3);
    expect(baselineOf(heard([2], [2], [2]), shrinkage)[0]).toBe(0);
    expect(baselineOf(heard([2]), shrinkage)[0]).toBe(0);
  });

  test("is the population's for nobody, and for another model's speaker", () => {
    expect([...baselineOf(UNHEARD, shrinkage)]).toEqual([0]);
    expect([...baselineOf(heard([1, 2], [3, 4]), shrinkage)]).toEqual([0]);
  });
});

describe("an analyzer whose model adapts", () => {
  const model = join(import.meta.dirname, "..", "fixtures", "adapting-model");
  const clip = (amplitude: number) => encodeOggOpus(sine(200, 1.5, { amplitude }), 64);
  let analyzer: Analyzer;
  beforeAll(async () => {
    analyzer = await openAnalyzer({ modelDir: model });
  });
  afterAll(() => analyzer.close());

  test("hears a stranger as without context, and a known voice by its own measure", async () => {
    const stranger = await analyzer.analyze(clip(0.5));
    expect(stranger).toMatchObject({ adapted: false, label: "anger" });
    let speaker: SpeakerStatistics = UNHEARD;
    for (const amplitude of [0.4, 0.6, 0.8]) {
      const { reading, speaker: after } = await analyzer.analyzeInContext(clip(amplitude), speaker);
      if (speaker === UNHEARD) expect(reading.adapted).toBe(false);
      // It goes through a store as JSON.
      speaker = JSON.parse(JSON.stringify(after));
    }
    expect(speaker.utterances).toBe(3);
    const { reading } = await analyzer.analyzeInContext(clip(0.5), speaker);
    expect(reading.adapted).toBe(true);
    // For this loud voice the same clip is less loud: embedding 1 less 3/5 of the mean 1.4, twice.
    expect(reading.confidence).toBeLessThan(stranger.confidence - 0.1);
    expect(JSON.stringify(reading)).not.toContain("mean");
  });

  test("starts anew with statistics of another model", async () => {
    const { reading, speaker } = await analyzer.analyzeInContext(clip(0.5), heard([1, 2, 3], [4, 5, 6]));
    expect(reading.adapted).toBe(false);
    expect(speaker).toMatchObject({ utterances: 1 });
    expect(speaker.mean).toHaveLength(2);
  });

  test("refuses statistics that are none", async () => {
    const broken = { utterances: 2, mean: [1, 2], squares: [1] };
    await expect(analyzer.analyzeInContext(clip(0.5), broken)).rejects.toThrow("mean and squares must have one length");
    expect(await analyzer.analyze(clip(0.5))).toMatchObject({ speech: true });
  });
});

test("a model without adaptation ignores the speaker and gives the statistics back", async () => {
  const analyzer = await openAnalyzer({ modelDir: join(import.meta.dirname, "..", "fixtures", "foreign-model") });
  try {
    const known = heard([1, 2], [3, 4]);
    const { reading, speaker } = await analyzer.analyzeInContext(encodeOggOpus(sine(200, 1), 64), known);
    expect(reading.adapted).toBe(false);
    expect(speaker).toEqual(known);
  } finally {
    await analyzer.close();
  }
});
