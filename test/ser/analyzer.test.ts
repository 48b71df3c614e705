import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHIPPED_MODEL_DIR } from "../../src/config.ts";
import { UserError } from "../../src/errors.ts";
import { type Analyzer, encodeOggOpus, ModelError, NO_SPEECH, openAnalyzer } from "../../src/ser/index.ts";
import { concat, glide, noise, silence, sine } from "../support/signals.ts";

const fixtures = join(import.meta.dirname, "..", "fixtures");
const fixture = (name: string) => readFile(join(fixtures, name));
const sum = (scores: object) => Object.values(scores).reduce((a: number, b: number) => a + b, 0);

describe("the shipped model", () => {
  let analyzer: Analyzer;
  beforeAll(async () => {
    analyzer = await openAnalyzer({ modelDir: SHIPPED_MODEL_DIR });
  });
  afterAll(() => analyzer.close());

  test.each([
    "voice.ogg",
    "voice.webm",
    "voice.mp3",
    "voice.m4a",
    "voice.wav",
    "voice.flac",
    "voice-vorbis.ogg",
    "speech-video.mp4",
  ])("hears the same voice in %s as in the WAV", async (name) => {
    const original = await analyzer.analyze(await fixture("voice.wav"));
    const reading = await analyzer.analyze(await fixture(name));
    expect(reading.speech).toBe(true);
    expect(sum(reading.scores)).toBeCloseTo(1);
    expect(reading.scores[reading.label]).toBe(reading.confidence);
    // Codecs change a recording a little, so its scores too.
    for (const [label, score] of Object.entries(original.scores)) {
      expect(Math.abs((reading.scores[label] ?? 0) - score)).toBeLessThan(0.2);
    }
    expect(reading.profile.pitchHz?.median).toBeCloseTo(original.profile.pitchHz?.median ?? 0, -1);
  });

  test("hears a long clip in equal parts of at most three seconds, nothing twice and nothing never", async () => {
    const { timeline, durationMs } = await analyzer.analyze(await fixture("long.ogg"));
    const lengths = timeline.map(({ endMs, startMs }) => endMs - startMs);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(3000);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
    expect(timeline.slice(1).map(({ startMs }) => startMs)).toEqual(timeline.slice(0, -1).map(({ endMs }) => endMs));
    expect(durationMs - (timeline.at(-1)?.endMs ?? 0)).toBeLessThan(1000);
    for (const { scores, speech } of timeline) expect(sum(scores)).toBeCloseTo(speech ? 1 : 0);
  });

  test("lets clips that somebody waits for go before patient ones, also those that came earlier", async () => {
    const bytes = await fixture("voice.ogg");
    const done: string[] = [];
    const run = (name: string, isPatient: boolean) =>
      analyzer.analyze(bytes, { isPatient }).then(() => done.push(name));
    await Promise.all([run("under way", true), run("patient", true), run("urgent", false), run("urgent too", false)]);
    expect(done).toEqual(["under way", "urgent", "urgent too", "patient"]);
  });

  const chord = concat(...[262, 330, 392].map((hz) => sine(hz, 1, { harmonics: 5 })));
  test.each([
    ["digital silence", silence(3)],
    ["white noise", noise(4)],
    ["quiet noise", noise(4, 0.003)],
    ["a tone", sine(440, 3)],
    ["a siren", glide(300, 2000, 4)],
    ["notes", concat(chord, chord)],
  ])("hears no speech in %s", async (_, samples) => {
    const reading = await analyzer.analyze(encodeOggOpus(samples, 32));
    expect(reading).toMatchObject({ speech: false, label: NO_SPEECH, uncertain: false });
    expect(sum(reading.scores)).toBe(0);
  });

  test.each(["silence.ogg", "noise.ogg", "tone.ogg", "chords.ogg"])("hears no speech in %s", async (name) => {
    expect(await analyzer.analyze(await fixture(name))).toMatchObject({ speech: false });
  });

  test("takes a clip's scores from the speech in it, not from the silence around", async () => {
    const { samples } = await decoded("long.ogg");
    const around = encodeOggOpus(concat(silence(6), samples, silence(6)), 32);
    const alone = await analyzer.analyze(encodeOggOpus(samples, 32));
    const reading = await analyzer.analyze(around);
    expect(reading.label).toBe(alone.label);
    expect(Math.abs(reading.confidence - alone.confidence)).toBeLessThan(0.2);
  });

  test("passes on what is wrong with a clip, and goes on working", async () => {
    const refusals = ["README.md", "empty.ogg", "video-only.mp4", "alac.m4a"].map(async (name) =>
      analyzer.analyze(await fixture(name)).catch((error: unknown) => error),
    );
    const codes = (await Promise.all(refusals)).map((error) => (error instanceof UserError ? error.code : error));
    expect(codes).toEqual(["not-audio", "empty", "no-audio-track", "unsupported-codec"]);
    await expect(analyzer.analyze(await fixture("voice.ogg"), { maxDurationMs: 2000 })).rejects.toThrow(/longer than/);
    await expect(analyzer.analyze(await fixture("voice.ogg"), { maxBytes: 100 })).rejects.toThrow(/larger than/);
    expect((await analyzer.analyze(await fixture("voice.ogg"))).speech).toBe(true);
  });
});

async function decoded(name: string) {
  const { decode } = await import("../../src/ser/decode/index.ts");
  return decode(await fixture(name), { maxDurationMs: 60_000, maxBytes: 10_000_000 });
}

describe("any model folder", () => {
  test("with other labels, windows and names works", async () => {
    const analyzer = await openAnalyzer({ modelDir: join(fixtures, "foreign-model"), threads: 2 });
    try {
      expect(analyzer.labels).toEqual(["arousal", "calmness"]);
      const clips = await Promise.all([fixture("voice.ogg"), fixture("long.ogg"), fixture("silence.ogg")]);
      const [voice, , silent] = await Promise.all(clips.map((clip) => analyzer.analyze(clip)));
      expect(voice).toMatchObject({ speech: true, label: "arousal", model: { name: "loud-or-calm" } });
      // Standardised samples have a mean square of 1: logits 4 and 0.
      expect(voice?.confidence).toBeCloseTo(1 / (1 + Math.exp(-4)), 2);
      expect(voice?.timeline[0]?.endMs).toBeLessThan(2600);
      expect(silent).toMatchObject({ speech: false });
    } finally {
      await analyzer.close();
    }
  });

  test("that is none is refused with a reason", async () => {
    const folder = await mkdtemp(join(tmpdir(), "timbre-model-"));
    try {
      const open = () => openAnalyzer({ modelDir: folder });
      await expect(open()).rejects.toThrow(ModelError);
      await cp(join(fixtures, "foreign-model"), folder, { recursive: true });
      await writeFile(join(folder, "model.onnx"), "no graph");
      await expect(open()).rejects.toThrow(/can't be loaded as an ONNX model/);
      const manifest = JSON.parse(await readFile(join(folder, "model.json"), "utf8"));
      await writeFile(join(folder, "model.json"), JSON.stringify({ ...manifest, sha256: "0".repeat(64) }));
      await expect(open()).rejects.toThrow(/sha256 differs/);
      await writeFile(join(folder, "model.json"), JSON.stringify({ ...manifest, labels: [] }));
      await expect(open()).rejects.toThrow(/isn't a model manifest/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("that was closed rejects what comes and what was under way", async () => {
    const analyzer = await openAnalyzer({ modelDir: join(fixtures, "foreign-model") });
    const underWay = analyzer.analyze(await fixture("long.ogg"));
    const rejected = expect(underWay).rejects.toThrow("closed");
    await analyzer.close();
    await rejected;
    await expect(analyzer.analyze(await fixture("voice.ogg"))).rejects.toThrow("closed");
  });
});
