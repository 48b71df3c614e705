import { expect, test } from "vitest";
import { decode } from "../../../src/ser/decode/index.ts";
import { correlation, envelope, fixture, LIMITS, level } from "./fixtures.ts";

const SPEECH = [
  ["voice.ogg", "Ogg/Opus"],
  ["voice.webm", "WebM/Opus"],
  ["voice.mka", "Matroska/Opus"],
  ["voice.mp3", "MP3"],
  ["voice.m4a", "MP4/AAC"],
  ["voice.aac", "AAC"],
  ["voice-aac.mka", "Matroska/AAC"],
  ["voice-flac.mka", "Matroska/FLAC"],
  ["voice-fragmented.mp4", "MP4/AAC"],
  ["voice-opus.mp4", "MP4/Opus"],
  ["voice.flac", "FLAC"],
  ["voice-vorbis.ogg", "Ogg/Vorbis"],
  ["voice-stereo48.ogg", "Ogg/Opus"],
  ["voice-stereo48.mp3", "MP3"],
  ["voice-stereo44.m4a", "MP4/AAC"],
  ["voice-stereo44.ogg", "Ogg/Vorbis"],
] as const;

test.each(SPEECH)("%s has the same speech as the WAV", async (name, format) => {
  const original = await decode(fixture("voice.wav"), LIMITS);
  const decoded = await decode(fixture(name), LIMITS);
  expect(decoded.format).toBe(format);
  expect(Math.abs(decoded.durationMs - original.durationMs)).toBeLessThan(60);
  expect(correlation(envelope(decoded.samples), envelope(original.samples))).toBeGreaterThan(0.97);
  // The right channel of the stereo files has half the level, so their average has three quarters.
  const expected = level(original.samples) * (name.includes("stereo") ? 0.75 : 1);
  expect(Math.abs(20 * Math.log10(level(decoded.samples) / expected))).toBeLessThan(1);
});

test.each(["speech-video.mp4", "speech-video.webm"])("the sound of %s is read", async (name) => {
  const original = await decode(fixture("voice.wav"), LIMITS);
  const decoded = await decode(fixture(name), LIMITS);
  expect(Math.abs(decoded.durationMs - 4000)).toBeLessThan(60);
  expect(correlation(envelope(decoded.samples), envelope(original.samples))).toBeGreaterThan(0.97);
});

test.each([
  ["voice-mp3.mka", "Matroska/MP3"],
  ["voice-mp3.mp4", "MP4/MP3"],
])("%s, which doesn't say how late its encoder was, is late by that", async (name, format) => {
  const original = await decode(fixture("voice.wav"), LIMITS);
  const decoded = await decode(fixture(name), LIMITS);
  expect(decoded.format).toBe(format);
  // 576 samples of LAME and 529 of every decoder.
  const onTime = decoded.samples.subarray(576 + 529);
  expect(correlation(envelope(onTime), envelope(original.samples))).toBeGreaterThan(0.97);
});

test("FLAC is exact, but for the decoder's full scale of 32767", async () => {
  const original = await decode(fixture("voice.wav"), LIMITS);
  const decoded = await decode(fixture("voice.flac"), LIMITS);
  expect(decoded.samples.length).toBe(original.samples.length);
  const errors = decoded.samples.map((sample, i) => Math.abs(sample - (original.samples[i] ?? 0)));
  expect(Math.max(...errors)).toBeLessThan(1 / 30_000);
});

test("duration is counted in samples", async () => {
  const { samples, durationMs } = await decode(fixture("tone.ogg"), LIMITS);
  expect(samples.length).toBe(64_000);
  expect(durationMs).toBe(4000);
});

test.each(["truncated.ogg", "truncated.webm", "truncated.mp3", "truncated.flac"])(
  "%s is read as far as it goes",
  async (name) => {
    const original = await decode(fixture("voice.wav"), LIMITS);
    const decoded = await decode(fixture(name), LIMITS);
    expect(decoded.durationMs).toBeGreaterThan(1500);
    expect(decoded.durationMs).toBeLessThan(4000);
    expect(correlation(envelope(decoded.samples), envelope(original.samples))).toBeGreaterThan(0.95);
  },
);
