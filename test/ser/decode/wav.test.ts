import { expect, test } from "vitest";
import { decode } from "../../../src/ser/decode/index.ts";
import { LIMITS, level, userErrorOf } from "./fixtures.ts";
import { wavFile } from "./wav-file.ts";

const SECOND = 16_000;

/** One second of a square wave at half the full level. */
function square(bytesPerSample: number, write: (buffer: Buffer, sign: number, offset: number) => void): Buffer {
  const data = Buffer.alloc(SECOND * bytesPerSample);
  for (let i = 0; i < SECOND; i++) write(data, i % 40 < 20 ? 1 : -1, i * bytesPerSample);
  return data;
}

const WIDTHS = [
  ["8 bit", 1, 8, square(1, (buffer, sign, at) => buffer.writeUInt8(128 + sign * 64, at))],
  ["16 bit", 1, 16, square(2, (buffer, sign, at) => buffer.writeInt16LE(sign * 2 ** 14, at))],
  ["24 bit", 1, 24, square(3, (buffer, sign, at) => buffer.writeIntLE(sign * 2 ** 22, at, 3))],
  ["32 bit", 1, 32, square(4, (buffer, sign, at) => buffer.writeInt32LE(sign * 2 ** 30, at))],
  ["float", 3, 32, square(4, (buffer, sign, at) => buffer.writeFloatLE(sign * 0.5, at))],
  ["double", 3, 64, square(8, (buffer, sign, at) => buffer.writeDoubleLE(sign * 0.5, at))],
  // The codes next to half the level: G.711 has steps of 3 % there.
  ["A-law", 6, 8, square(1, (buffer, sign, at) => buffer.writeUInt8(sign > 0 ? 0xa5 : 0x25, at))],
  ["mu-law", 7, 8, square(1, (buffer, sign, at) => buffer.writeUInt8(sign > 0 ? 0x8f : 0x0f, at))],
] as const;

test.each(WIDTHS)("%s samples have their level", async (_name, tag, bits, data) => {
  const { samples, durationMs } = await decode(wavFile({ tag, bits, data }), LIMITS);
  expect(durationMs).toBe(1000);
  expect(level(samples)).toBeCloseTo(0.5, 1);
  expect(samples[5] ?? 0).toBeGreaterThan(0.45);
  expect(samples[25] ?? 0).toBeLessThan(-0.45);
});

test("sizes that a recorder left open are read to the end of the file", async () => {
  const data = Buffer.alloc(SECOND * 2);
  for (const claimedBytes of [0, 0xff_ff_ff_ff]) {
    expect((await decode(wavFile({ data, claimedBytes }), LIMITS)).durationMs).toBe(1000);
  }
});

test("floats that aren't numbers are silence", async () => {
  const data = Buffer.alloc(SECOND * 4);
  for (let i = 0; i < SECOND; i++) data.writeFloatLE([Number.NaN, Infinity, -Infinity, 3e38][i % 4] ?? 0, i * 4);
  const { samples } = await decode(wavFile({ tag: 3, bits: 32, data }), LIMITS);
  expect(samples.every((sample) => Number.isFinite(sample) && Math.abs(sample) <= 4)).toBe(true);
});

test.each([
  ["no channels", { channels: 0 }],
  ["65535 channels", { channels: 65_535 }],
  ["a rate of 0", { rateHz: 0 }],
  ["a rate of 4 GHz", { rateHz: 0xff_ff_ff_ff }],
  ["17 bits", { bits: 17 }],
])("%s are damage", async (_name, claims) => {
  const file = wavFile({ data: Buffer.alloc(32_000), ...claims });
  expect((await userErrorOf(decode(file, LIMITS))).code).toBe("damaged");
});

test("a header without samples is empty", async () => {
  expect((await userErrorOf(decode(wavFile({ data: Buffer.alloc(0) }), LIMITS))).code).toBe("empty");
});

test("a very short recording that is whole is accepted", async () => {
  expect((await decode(wavFile({ data: Buffer.alloc(3200) }), LIMITS)).durationMs).toBe(100);
});
