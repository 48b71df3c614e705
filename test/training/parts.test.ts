/** The protocol's chance, noise, contexts and sounds. */

import { describe, expect, test } from "vitest";
import { inNoisyRoom } from "../../training/evaluation/conditions.ts";
import { contextOf } from "../../training/evaluation/contexts.ts";
import { NO_SPEECH_SOUNDS, soundThatNobodySays } from "../../training/evaluation/no-speech.ts";
import { randomFrom } from "../../training/evaluation/random.ts";
import { colouredNoise, rms } from "../../training/evaluation/sound.ts";
import { sine } from "../support/signals.ts";

test("a seed always gives the same numbers, another one others, evenly spread", () => {
  const draw = (seed: string) => {
    const random = randomFrom(seed);
    return Array.from({ length: 4000 }, () => random.uniform());
  };
  expect(draw("a")).toEqual(draw("a"));
  expect(draw("b")[0]).not.toBe(draw("a")[0]);
  const mean = draw("a").reduce((sum, value) => sum + value, 0) / 4000;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.02);
});

test("coloured noise falls by its slope", () => {
  /** Power of the differences over power: 2 for white noise, less the more the highs are missing. */
  const highs = (decibels: number) => {
    const noise = colouredNoise(32_000, decibels, randomFrom("noise"));
    return rms(noise.map((sample, i) => sample - (noise[i - 1] ?? sample))) ** 2;
  };
  expect(highs(0)).toBeCloseTo(2, 1);
  expect(highs(3)).toBeGreaterThan(0.5);
  expect(highs(3)).toBeLessThan(1.2);
  expect(highs(6)).toBeLessThan(0.3);
});

describe("the noisy room", () => {
  const speech = sine(200, 2, { amplitude: 0.3 });

  test("adds reverberation and noise at 10 dB", () => {
    const noisy = inNoisyRoom(speech, "a clip");
    // The tone's own power, by projection on it and its quarter period; the rest is noise.
    const quarter = sine(200, 2.00125, { amplitude: 0.3 }).subarray(20, 20 + speech.length);
    const along = (wave: Float32Array) =>
      noisy.reduce((sum, value, i) => sum + value * (wave[i] ?? 0), 0) / wave.reduce((sum, v) => sum + v * v, 0);
    const tone = Math.hypot(along(speech), along(quarter)) * rms(speech);
    const rest = Math.sqrt(rms(noisy) ** 2 - tone ** 2);
    expect(20 * Math.log10(tone / rest)).toBeGreaterThan(8);
    expect(20 * Math.log10(tone / rest)).toBeLessThan(11);
  });

  test("is the same for the same clip", () => {
    expect(inNoisyRoom(speech, "a")).toEqual(inNoisyRoom(speech, "a"));
    expect(inNoisyRoom(speech, "a")).not.toEqual(inNoisyRoom(speech, "b"));
  });
});

describe("a context", () => {
  const clips = Array.from({ length: 30 }, (_, i) => ({
    path: `${i}`,
    emotion: i < 12 ? "anger" : i < 27 ? "neutral" : "fear",
  }));
  const [clip] = clips;
  if (clip === undefined) throw new Error("no clip");

  test("has other clips of the speaker, each once, and grows by adding", () => {
    const five = contextOf(clip, clips, "context-5");
    const ten = contextOf(clip, clips, "context-10");
    expect(new Set(ten).size).toBe(10);
    expect(ten).not.toContain(clip);
    expect(ten.slice(0, 5)).toEqual(five);
    expect(contextOf(clip, clips.toReversed(), "context-5")).toHaveLength(5);
  });

  test("of one emotion takes one of which there is enough", () => {
    const emotions = clips.map((each) =>
      contextOf(each, clips, "context-10-one-emotion").map(({ emotion }) => emotion),
    );
    for (const each of emotions) {
      expect(each).toHaveLength(10);
      expect(new Set(each).size).toBe(1);
    }
    expect(new Set(emotions.flat())).toEqual(new Set(["anger", "neutral"]));
  });

  test("is shorter where the speaker has said less", () => {
    expect(contextOf(clip, clips.slice(0, 4), "context-20")).toHaveLength(3);
    expect(contextOf(clip, [clip], "context-10-one-emotion")).toEqual([]);
  });
});

test("five hundred sounds are finite, of their kind's own, and the same every time", () => {
  expect(NO_SPEECH_SOUNDS).toHaveLength(500);
  for (const sound of NO_SPEECH_SOUNDS.filter((_, i) => i % 23 === 0)) {
    const samples = soundThatNobodySays(sound);
    expect(samples.every((sample) => Number.isFinite(sample) && Math.abs(sample) <= 1)).toBe(true);
    expect(samples.length).toBeGreaterThanOrEqual(24_000);
    if (sound.kind !== "silence") expect(20 * Math.log10(rms(samples))).toBeGreaterThan(-46);
    expect(soundThatNobodySays(sound)).toEqual(samples);
  }
});
