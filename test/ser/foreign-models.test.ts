/** Models that aren't ours, and manifests that don't fit. */

import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ModelError, NO_SPEECH, openAnalyzer, UNNAMED } from "../../src/ser/index.ts";
import { temporaryFolder } from "../support/temporary.ts";

const fixtures = join(import.meta.dirname, "..", "fixtures");
const fixture = (name: string) => readFile(join(fixtures, name));

async function read(model: string, clip: string) {
  const analyzer = await openAnalyzer({ modelDir: join(fixtures, model) });
  try {
    return await analyzer.analyze(await fixture(clip));
  } finally {
    await analyzer.close();
  }
}

test("probabilities of other labels at another rate are taken as they are", async () => {
  const reading = await read("foreign-probabilities", "voice.ogg");
  expect(reading).toMatchObject({ speech: true, label: "calm", adapted: false });
  expect(reading.dimensions).toBeUndefined();
  // The graph says a quarter of the window's seconds, counted at 8 kHz.
  expect(reading.timeline[0]?.scores["boredom"]).toBeCloseTo(0.25, 4);
  expect(reading.scores["calm"]).toBeCloseTo(0.75, 4);
  expect(reading.scores["anger"]).toBeCloseTo(0, 4);
});

test("a model of dimensions alone gives those, names no emotion, and says so", async () => {
  const reading = await read("foreign-dimensions", "voice.ogg");
  expect(reading).toMatchObject({ speech: true, label: UNNAMED, confidence: 0, uncertain: true, scores: {} });
  expect(reading.dimensions?.["arousal"]).toBeCloseTo(0.7, 3);
  expect(reading.dimensions?.["dominance"]).toBeCloseTo(0.5, 3);
  expect(reading.dimensions?.["valence"]).toBe(1);
  expect(reading.timeline[0]?.dimensions?.["arousal"]).toBeCloseTo(0.7, 3);
  const silent = await read("foreign-dimensions", "silence.ogg");
  expect(silent).toMatchObject({ speech: false, label: NO_SPEECH });
  expect(silent.dimensions).toBeUndefined();
});

const LABELS = ["anger", "neutral"];

test.each<[string, string, Record<string, unknown>, RegExp]>([
  [
    "more labels than the graph gives",
    "foreign-model",
    { labels: ["a", "b", "c"] },
    /output scores has 2 values, but model.json says 3 \(labels\)/,
  ],
  [
    "an output that the graph lacks",
    "foreign-model",
    { outputs: { logits: "logits" } },
    /no output called logits, which model.json names; it has scores/,
  ],
  [
    "an input that the graph lacks",
    "foreign-model",
    { input: "waveform" },
    /no input called waveform.*it has input_values/,
  ],
  ["an input that nobody feeds", "adapting-model", { adaptation: undefined }, /also wants the input baseline/],
  [
    "an embedding of another size",
    "adapting-model",
    { adaptation: { input: "baseline", output: "embedding", size: 3, halfAt: 5, fullSpread: 1 } },
    /doesn't run as model.json describes it|model.json says 3/,
  ],
  [
    "two kinds of scores",
    "foreign-model",
    { outputs: { logits: "scores", probabilities: "scores" } },
    /either logits or probabilities, not both/,
  ],
  ["labels without an output", "foreign-model", { outputs: {} }, /neither logits nor probabilities/],
  ["an output without labels", "foreign-model", { labels: [] }, /no labels for the output/],
  ["nothing to say", "foreign-dimensions", { dimensions: undefined }, /needs labels, dimensions or both/],
  ["a label twice", "adapting-model", { labels: ["anger", "anger"] }, /each label must occur once/],
  ["one label", "foreign-model", { labels: ["anger"] }, /one label is no choice/],
  [
    "more dimensions than the graph gives",
    "foreign-dimensions",
    { dimensions: { output: "logits", names: ["arousal"] } },
    /output logits has 3 values, but model.json says 1 \(dimensions\)/,
  ],
  [
    "a range that goes nowhere",
    "foreign-dimensions",
    { dimensions: { output: "logits", names: LABELS, range: [1, 1] } },
    /lower to the higher/,
  ],
  ["a word that no output has", "foreign-model", { outputs: { logits: "scores", logit: "scores" } }, /logit/],
  ["another rate than any recorder has", "foreign-model", { sampleRateHz: 100 }, /sampleRateHz/],
])("a manifest with %s is refused with the reason", async (_, model, change, reason) => {
  const folder = temporaryFolder();
  try {
    await cp(join(fixtures, model), folder.path, { recursive: true });
    const path = join(folder.path, "model.json");
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), ...change }));
    const refusal = await openAnalyzer({ modelDir: folder.path }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ModelError);
    expect(String(refusal)).toMatch(reason);
  } finally {
    await folder.remove();
  }
});

test.each(["model.onnx", "model.json"])("a folder without %s is refused and says so", async (file) => {
  const folder = temporaryFolder();
  try {
    await cp(join(fixtures, "foreign-model"), folder.path, { recursive: true });
    await rm(join(folder.path, file));
    await expect(openAnalyzer({ modelDir: folder.path })).rejects.toThrow(`${file} is missing`);
  } finally {
    await folder.remove();
  }
});
