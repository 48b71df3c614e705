/** Models that aren't ours, and manifests that don't fit. */

import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { ModelError, NO_SPEECH, openAnalyzer, UNNAMED } from "../../src/ser/index.ts";
import { temporaryFolder } from "../support/temporary.ts";

const fixtures = join(import.meta.dirname, "..", "fixtures");
const fixture = (name: string) => readFile(join(fixtures, name));

/** Writes one of the fixtures with a changed manifest. */
async function changed(model: string, folder: string, change: Record<string, unknown>): Promise<void> {
  await cp(join(fixtures, model), folder, { recursive: true });
  const manifest = await readFile(join(fixtures, model, "model.json"), "utf8");
  await writeFile(join(folder, "model.json"), JSON.stringify({ ...JSON.parse(manifest), ...change }));
}

async function read(model: string, clip: string) {
  const analyzer = await openAnalyzer({ modelDir: resolve(fixtures, model) });
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

test("windows that go through the graph together are heard as one by one", async () => {
  const folder = temporaryFolder();
  try {
    await changed("foreign-model", folder.path, { batch: 3, windowMs: 500, hopMs: 250, normalise: "none" });
    const together = await read(folder.path, "voice.ogg");
    await changed("foreign-model", folder.path, { batch: 1, windowMs: 500, hopMs: 250, normalise: "none" });
    const oneByOne = await read(folder.path, "voice.ogg");
    expect(new Set(oneByOne.timeline.map(({ scores }) => scores["arousal"])).size).toBeGreaterThan(4);
    expect(together).toEqual(oneByOne);
  } finally {
    await folder.remove();
  }
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
  [
    "more windows at once than the graph takes",
    "foreign-probabilities",
    { batch: 2 },
    /output scores has 4 values, but model.json says 4 \(labels\) for each of 2 windows, its batch/,
  ],
  ["a word that no output has", "foreign-model", { outputs: { logits: "scores", logit: "scores" } }, /logit/],
  ["another rate than any recorder has", "foreign-model", { sampleRateHz: 100 }, /sampleRateHz/],
])("a manifest with %s is refused with the reason", async (_, model, change, reason) => {
  const folder = temporaryFolder();
  try {
    await changed(model, folder.path, change);
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
