import { describe, expect, test } from "vitest";
import { acousticProfile } from "../../../src/ser/features/profile.ts";
import { concat, noise, silence, sine } from "../../support/signals.ts";

describe("acousticProfile", () => {
  test("measures a voice-like tone", () => {
    const profile = acousticProfile(sine(200, 2, { harmonics: 6 }));
    expect(profile.pitchHz?.median).toBeCloseTo(200, -1);
    expect(profile.pitchHz?.low).toBeLessThanOrEqual(profile.pitchHz?.high ?? 0);
    expect(profile.voicedShare).toBeGreaterThan(0.9);
  });

  test("gives loudness as RMS in dB below full scale", () => {
    // A sine's RMS lies 3.01 dB under its peak.
    expect(acousticProfile(sine(440, 1, { amplitude: 1 })).loudnessDbfs).toBeCloseTo(-3, 0);
    expect(acousticProfile(sine(440, 1, { amplitude: 0.1 })).loudnessDbfs).toBeCloseTo(-23, 0);
  });

  test("gives energy as the sum of squares of a 32 ms frame", () => {
    expect(acousticProfile(sine(500, 1, { amplitude: 0.5 })).energy).toBeCloseTo((512 * 0.25) / 2, 0);
  });

  test("gives brightness in Hz", () => {
    const dull = acousticProfile(sine(300, 1)).brightnessHz ?? 0;
    const bright = acousticProfile(sine(5000, 1)).brightnessHz ?? 0;
    expect(Math.abs(dull - 300)).toBeLessThan(150);
    expect(Math.abs(bright - 5000)).toBeLessThan(150);
  });

  test("weighs brightness by energy, frame by frame", () => {
    // A frame begins every 40 ms: loud ones and soft ones, which have a quarter of the energy, in turns, and an odd number of them.
    const [loud, soft] = [sine(1000, 0.04, { amplitude: 0.5 }), sine(5000, 0.04, { amplitude: 0.25 })];
    const clip = concat(...Array.from({ length: 25 }, (_, i) => (i % 2 === 0 ? loud : soft)));
    const expected = (13 * 4 * 1000 + 12 * 5000) / (13 * 4 + 12);
    expect(Math.abs((acousticProfile(clip).brightnessHz ?? 0) - expected)).toBeLessThan(100);
  });

  test("leaves pauses out of loudness and voiced share", () => {
    const voice = sine(200, 1, { harmonics: 6 });
    const withPause = acousticProfile(concat(voice, silence(3), voice));
    const without = acousticProfile(concat(voice, voice));
    expect(withPause.loudnessDbfs).toBeCloseTo(without.loudnessDbfs, 0);
    expect(withPause.voicedShare).toBeGreaterThan(0.8);
  });

  test("hears nothing in silence", () => {
    const profile = acousticProfile(silence(1));
    expect(profile).toMatchObject({ pitchHz: null, brightnessHz: null, voicedShare: 0, energy: 0, loudnessDbfs: -100 });
  });

  test("noise has no pitch but brightness", () => {
    const profile = acousticProfile(noise(1));
    expect(profile.voicedShare).toBeLessThan(0.1);
    expect(profile.brightnessHz).toBeGreaterThan(3000);
  });

  test("draws a contour of at most 240 points with equal lengths, also for long clips", () => {
    const { contour } = acousticProfile(concat(sine(150, 40, { harmonics: 4 }), silence(10)));
    expect(contour.pitchHz.length).toBeLessThanOrEqual(240);
    expect(contour.loudnessDbfs).toHaveLength(contour.pitchHz.length);
    expect(contour.hopMs * contour.pitchHz.length).toBeGreaterThan(49_000);
    expect(contour.pitchHz.at(-1)).toBeNull();
    expect(contour.pitchHz[10]).toBeCloseTo(150, -1);
  });
});
