import { describe, expect, test } from "vitest";
import { cutWindows, framePowers, isSilent, toMs, trimSilence, windowSamples } from "../../src/ser/windows.ts";
import { concat, silence, sine } from "../support/signals.ts";

const seconds = (value: number) => Math.round(value * 16_000);

describe("trimSilence", () => {
  test("cuts silence at both ends and keeps 100 ms of margin", () => {
    const samples = concat(silence(1), sine(200, 2), silence(1.5));
    const span = trimSilence(samples.length, framePowers(samples));
    expect(toMs(span.start)).toBe(900);
    expect(toMs(span.end)).toBe(3100);
  });

  test("keeps pauses inside", () => {
    const samples = concat(sine(200, 1), silence(2), sine(200, 1));
    expect(trimSilence(samples.length, framePowers(samples))).toEqual({ start: 0, end: samples.length });
  });

  test("leaves a silent or very short clip as it is", () => {
    expect(trimSilence(16_000, framePowers(silence(1)))).toEqual({ start: 0, end: 16_000 });
    expect(trimSilence(10, framePowers(new Float32Array(10)))).toEqual({ start: 0, end: 10 });
  });
});

describe("cutWindows", () => {
  test("a clip no longer than a window is one window", () => {
    expect(cutWindows({ start: 5, end: seconds(3) }, 3000, 1000)).toEqual([{ start: 5, end: seconds(3) }]);
  });

  test("a longer one gets a window every hop, and the last ends with it", () => {
    const windows = cutWindows({ start: 0, end: seconds(5.5) }, 3000, 1000);
    expect(windows.map((window) => [toMs(window.start), toMs(window.end)])).toEqual([
      [0, 3000],
      [1000, 4000],
      [2000, 5000],
      [2500, 5500],
    ]);
  });

  test("has no double window where the hops fit exactly", () => {
    expect(cutWindows({ start: 0, end: seconds(5) }, 3000, 1000)).toHaveLength(3);
  });

  test.each([
    [2.5, [[0, 2500]]],
    [3, [[0, 3000]]],
    [
      4,
      [
        [0, 2000],
        [2000, 4000],
      ],
    ],
    [
      7,
      [
        [0, 2333],
        [2333, 4667],
        [4667, 7000],
      ],
    ],
  ])("without a hop, %d s are cut into as few equal parts as there can be", (length, expected) => {
    const windows = cutWindows({ start: 0, end: seconds(length) }, 3000);
    expect(windows.map((window) => [toMs(window.start), toMs(window.end)])).toEqual(expected);
  });
});

test("a short window is repeated to the model's minimum", () => {
  const samples = Float32Array.of(1, 2, 3);
  expect([...windowSamples(samples, { start: 1, end: 3 }, 0.3125)]).toEqual([2, 3, 2, 3, 2]);
});

test("silence is what stays under -65 dBFS", () => {
  const quiet = sine(200, 1, { amplitude: 0.0005 });
  const soft = sine(200, 1, { amplitude: 0.005 });
  expect(isSilent(framePowers(quiet), { start: 0, end: quiet.length })).toBe(true);
  expect(isSilent(framePowers(soft), { start: 0, end: soft.length })).toBe(false);
});
