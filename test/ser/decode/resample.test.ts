import { expect, test } from "vitest";
import { Resampler } from "../../../src/ser/decode/resample.ts";
import { level } from "./fixtures.ts";

const RATES_HZ = [8000, 11_025, 22_050, 44_100, 44_101, 48_000, 192_000];

/** A second of a tone with level 1 / sqrt 2. */
function tone(hz: number, rateHz: number): Float32Array {
  return Float32Array.from({ length: rateHz }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz));
}

function resample(input: Float32Array, rateHz: number, pieceLength = input.length): Float32Array {
  const resampler = new Resampler(rateHz);
  const pieces: number[] = [];
  for (let start = 0; start < input.length; start += pieceLength) {
    pieces.push(...resampler.push(input.subarray(start, start + pieceLength)));
  }
  return Float32Array.from([...pieces, ...resampler.flush()]);
}

/** What is left of a signal away from its ends, where the filter sees nothing on one side. */
function middle(samples: Float32Array): Float32Array {
  return samples.subarray(2000, samples.length - 2000);
}

function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}

test.each(RATES_HZ)("from %d Hz, a tone stays the same tone", (rateHz) => {
  for (const hz of [100, 1000, 3300]) {
    const output = resample(tone(hz, rateHz), rateHz);
    expect(output.length).toBe(16_000);
    const error = middle(output).map((sample, i) => sample - Math.sin((2 * Math.PI * hz * (i + 2000)) / 16_000));
    expect(decibels(level(error) * Math.SQRT2)).toBeLessThan(-50);
  }
});

test.each(RATES_HZ.filter((rateHz) => rateHz > 16_000))(
  "from %d Hz, the band up to 7 kHz keeps its level",
  (rateHz) => {
    const output = middle(resample(tone(7000, rateHz), rateHz));
    expect(Math.abs(decibels(level(output) * Math.SQRT2))).toBeLessThan(0.5);
  },
);

test.each(RATES_HZ.filter((rateHz) => rateHz > 18_000))("from %d Hz, what is above 8 kHz vanishes", (rateHz) => {
  for (const hz of [8050, 9500, rateHz / 2 - 100].filter((tested) => tested < rateHz / 2)) {
    expect(decibels(level(middle(resample(tone(hz, rateHz), rateHz))) * Math.SQRT2)).toBeLessThan(-60);
  }
});

test("a constant stays the same constant", () => {
  const output = middle(resample(new Float32Array(88_200).fill(0.5), 44_100));
  expect(Math.max(...output.map((sample) => Math.abs(sample - 0.5)))).toBeLessThan(1e-5);
});

test.each([1, 7, 441, 5000])("pieces of %d samples give the same as the whole", (pieceLength) => {
  const input = tone(1234, 44_100).subarray(0, 22_050);
  expect(resample(input, 44_100, pieceLength)).toEqual(resample(input, 44_100));
});
