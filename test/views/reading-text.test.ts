import { describe, expect, test } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { describeReading } from "../../src/views/index.ts";
import { HAPPY, leaning, PLACED, SILENT, UNSURE } from "./sample-readings.ts";

const english = translator("en-US");
const german = translator("de");

describe("a reading in words", () => {
  test("names the emotion, its share and how sure Timbre is", () => {
    const text = describeReading(HAPPY, english);
    expect(text.headline).toBe("😊 happiness · 72%");
    expect(text.kind).toBe("emotion");
    expect(text.confidenceWords).toBe("fairly sure");
    expect(text.explanation).toContain("fairly sure");
    expect(text.footnote).toContain("timbre-1 1.0.0");
    expect(text.footnote).toContain("0:11");
    expect(text.altText).toContain("happiness 72%");
  });

  test("speaks German with German numbers", () => {
    const text = describeReading(HAPPY, german);
    expect(text.headline).toBe("😊 Freude · 72\u00a0%");
    expect(text.profileLines.join("\n")).toMatch(/Helligkeit: 1\.235 Hz/);
  });

  test.each([
    [0.3, "little more than a guess"],
    [0.45, "not very sure"],
    [0.6, "fairly sure"],
    [0.93, "very sure"],
  ])("is worded after a confidence of %d", (confidence, words) => {
    expect(describeReading({ ...HAPPY, confidence }, english).confidenceWords).toBe(words);
  });

  test("lists scores from the highest", () => {
    const scores = { ...leaning("fear", 0.5), neutral: 0.2 };
    const rows = describeReading({ ...HAPPY, scores }, english).scores;
    expect(rows.map((row) => row.label).slice(0, 2)).toEqual(["fear", "neutral"]);
    expect(rows).toHaveLength(7);
    expect(rows[0]?.percent).toBe("50%");
  });

  test("says plainly that it is uncertain, never the label alone", () => {
    const text = describeReading(UNSURE, english);
    expect(text.kind).toBe("uncertain");
    expect(text.headline).toBe("🤔 uncertain · perhaps happiness (17%)");
    expect(text.explanation).toContain("rather not name one");
  });

  test("says plainly that nobody speaks", () => {
    const text = describeReading(SILENT, english);
    expect(text.kind).toBe("no-speech");
    expect(text.headline).toBe("🔇 no speech");
    expect(text.scores).toEqual([]);
    expect(text.altText).toContain("Nobody speaks");
  });

  test("gives the profile with numbers, units and plain words", () => {
    expect(describeReading(HAPPY, english).profileLines).toEqual([
      "Pitch: 212 Hz, mostly 180 to 261 Hz (medium)",
      "Loudness: -23 dBFS (moderate)",
      "Energy: 4.56 per frame",
      "Brightness: 1,235 Hz (balanced)",
      "Voiced: 61% of the sound",
    ]);
    expect(describeReading(SILENT, english).profileLines[0]).toBe("Pitch: none, nothing is voiced");
  });

  test("shows a foreign model's labels as they are", () => {
    const text = describeReading({ ...HAPPY, label: "calm", scores: { calm: 0.724, bored: 0.276 } }, english);
    expect(text.headline).toBe("🎭 calm · 72%");
    expect(text.scores.map((row) => row.name)).toEqual(["calm", "bored"]);
  });

  test("places a voice on scales where the model names no emotion, and says that it names none", () => {
    const text = describeReading(PLACED, german);
    expect(text.kind).toBe("dimensions");
    expect(text.title).toBe("Erregung 72\u00a0% · Dominanz 50\u00a0% · Valenz 31\u00a0% · tension 40\u00a0%");
    expect(text.explanation).toContain("benennt keine Emotion");
    expect(text.scores).toEqual([]);
    expect(text.altText).toContain("Valenz 31");
  });

  test("gives scales beside the emotions where the model has both", () => {
    const text = describeReading({ ...HAPPY, dimensions: { valence: 0.8 } }, english);
    expect(text.headline).toBe("😊 happiness · 72%");
    expect(text.scores).toHaveLength(7);
    expect(text.dimensions).toMatchObject([{ name: "valence", percent: "80%" }]);
    expect(text.altText).toContain("valence 80%");
  });

  test("keeps the alternative text within Discord's limit", () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`emotion-${index}`, 1 / 200]));
    expect(describeReading({ ...HAPPY, scores: many }, english).altText.length).toBeLessThanOrEqual(1024);
  });
});
