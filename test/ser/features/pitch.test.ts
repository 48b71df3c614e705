import { describe, expect, test } from "vitest";
import { trackPitch } from "../../../src/ser/features/pitch.ts";
import { glide, noise, silence, sine } from "../../support/signals.ts";

describe("trackPitch", () => {
  test.each([70, 110, 200, 330, 550])("hears a voice-like tone of %i Hz within 1 %%", (hz) => {
    const voiced = trackPitch(sine(hz, 1, { harmonics: 8 })).filter((pitch) => pitch !== null);
    expect(voiced.length).toBeGreaterThan(40);
    for (const pitch of voiced) expect(Math.abs(pitch / hz - 1)).toBeLessThan(0.01);
  });

  test("isn't misled by what a voice has above 2 kHz", () => {
    const harmonic = sine(13 * 230, 1);
    const voice = sine(230, 1).map((sample, i) => sample + (harmonic[i] ?? 0));
    const track = trackPitch(voice);
    expect(track.every((pitch) => pitch !== null && Math.abs(pitch / 230 - 1) < 0.01)).toBe(true);
  });

  test("follows a glide upwards", () => {
    const track = trackPitch(glide(120, 300, 2)).filter((pitch) => pitch !== null);
    expect(track[0]).toBeLessThan(130);
    expect(track.at(-1)).toBeGreaterThan(280);
    expect(track).toEqual(track.toSorted((a, b) => a - b));
  });

  test.each([
    ["noise", noise(1)],
    ["silence", silence(1)],
  ])("hears no pitch in %s", (_, samples) => {
    const track = trackPitch(samples);
    expect(track.filter((pitch) => pitch !== null).length / track.length).toBeLessThan(0.05);
  });

  test("takes frames that nobody wants as unvoiced", () => {
    const track = trackPitch(sine(200, 1, { harmonics: 8 }), (frame) => frame >= 10);
    expect(track.slice(0, 10)).toEqual(Array(10).fill(null));
    expect(track.slice(10).every((pitch) => pitch !== null)).toBe(true);
  });

  test("gives nothing for a clip shorter than a frame", () => {
    expect(trackPitch(sine(200, 0.01))).toEqual([]);
  });
});
