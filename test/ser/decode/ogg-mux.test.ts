import { expect, test } from "vitest";
import { decode } from "../../../src/ser/decode/index.ts";
import { encodeOggOpus } from "../../../src/ser/index.ts";
import { muxOggOpus } from "../../../src/ser/ogg-mux.ts";
import { correlation, envelope, fixture, LIMITS } from "./fixtures.ts";

/** 20 ms of silence, as Discord sends it. */
const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);

test.each([20, 1000, 5100, 5120, 60_000])("packets of %d ms in all decode to just that", async (durationMs) => {
  const packets = new Array<Uint8Array>(durationMs / 20).fill(SILENCE);
  const file = muxOggOpus(packets, { channels: 2, packetMs: 20, preSkip: 0 });
  expect((await decode(file, LIMITS)).durationMs).toBe(durationMs);
});

test("the given duration cuts the last packet", async () => {
  const packets = new Array<Uint8Array>(100).fill(SILENCE);
  const file = muxOggOpus(packets, { channels: 1, packetMs: 20, preSkip: 312, durationMs: 1985 });
  expect((await decode(file, LIMITS)).durationMs).toBe(1985);
});

test("packets of any length survive", async () => {
  const lengths = [254, 255, 256, 509, 510, 511, 1276];
  // TOC 0xf8: one frame of 20 ms. What is in it decodes to noise.
  const packets = lengths.map((length) => new Uint8Array(length).fill(0x55).fill(0xf8, 0, 1));
  const file = muxOggOpus(packets, { channels: 1, packetMs: 20, preSkip: 0 });
  expect((await decode(file, LIMITS)).durationMs).toBe(lengths.length * 20);
});

test("speech survives encoding, and stays in its place", async () => {
  const { samples, durationMs } = await decode(fixture("voice.wav"), LIMITS);
  const decoded = await decode(encodeOggOpus(samples, 32), LIMITS);
  expect(Math.abs(decoded.durationMs - durationMs)).toBeLessThan(1);
  expect(correlation(envelope(decoded.samples), envelope(samples))).toBeGreaterThan(0.97);
});
