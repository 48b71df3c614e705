import { expect, test } from "vitest";
import { decode, SAMPLE_RATE_HZ } from "../../../src/ser/decode/index.ts";
import { oggChecksum } from "../../../src/ser/decode/ogg-checksum.ts";
import { PcmSink } from "../../../src/ser/decode/pcm-sink.ts";
import { muxOggOpus } from "../../../src/ser/ogg-mux.ts";
import { fixture, LIMITS, userErrorOf, VOICES } from "./fixtures.ts";
import { wavFile } from "./wav-file.ts";

test.each(VOICES)("%s is too long for a limit of 4 s", async (name) => {
  const error = await userErrorOf(decode(fixture(name), { ...LIMITS, maxDurationMs: 4000 }));
  expect(error.code).toBe("too-long");
  expect(error.parameters).toEqual({ limit: "4 s" });
});

test.each(VOICES)("%s is not too long for a limit that is just its length", async (name) => {
  const { durationMs } = await decode(fixture(name), { ...LIMITS, maxDurationMs: 5288 });
  expect(durationMs).toBeLessThan(5350);
});

test("ten hours of Opus silence in a small file are refused", async () => {
  // TOC 0x1b: SILK, frames of 60 ms, as many as the next byte says; no data. 120 ms in 2 bytes.
  const packets = new Array<Uint8Array>(300_000).fill(Uint8Array.of(0x1b, 0x02));
  const file = muxOggOpus(packets, { channels: 1, packetMs: 120, preSkip: 0 });
  const error = await userErrorOf(decode(file, LIMITS));
  expect(error.code).toBe("too-long");
  expect(error.parameters).toEqual({ limit: "10 min" });
});

test("a last page that claims hours doesn't lengthen anything", async () => {
  const packets = new Array<Uint8Array>(50).fill(Uint8Array.of(0xf8, 0xff, 0xfe));
  const file = muxOggOpus(packets, { channels: 1, packetMs: 20, preSkip: 0 });
  const lying = withLastGranule(file, 2n ** 40n);
  expect((await decode(lying, LIMITS)).durationMs).toBe(1000);
});

test("headers that claim hours, with no packets, hold nothing", async () => {
  const file = muxOggOpus([], { channels: 1, packetMs: 20, preSkip: 312, durationMs: 36_000_000 });
  expect((await userErrorOf(decode(file, LIMITS))).code).toBe("damaged");
});

/** The file with another end in its last page, whose checksum is right again. */
function withLastGranule(file: Uint8Array, granule: bigint): Uint8Array {
  const changed = Buffer.from(file);
  const last = changed.lastIndexOf("OggS");
  changed.writeBigInt64LE(granule, last + 6);
  changed.writeUInt32LE(oggChecksum(changed.subarray(last)), last + 22);
  return changed;
}

test("a WAV that claims 4 GB is as long as its bytes", async () => {
  const file = wavFile({ data: Buffer.alloc(32_000), claimedBytes: 0xff_ff_ff_f0 });
  expect((await decode(file, LIMITS)).durationMs).toBe(1000);
});

test("an MP4 whose tables claim billions of frames is as long as its bytes", async () => {
  const file = Buffer.from(fixture("voice.m4a"));
  const sizes = file.indexOf("stsz");
  file.writeUInt32BE(0xff_ff_ff_ff, sizes + 12);
  const { durationMs } = await decode(file, LIMITS);
  expect(durationMs).toBeLessThan(5400);
});

test("chunks that all point at the same frames stop at the limit", async () => {
  const file = Buffer.from(fixture("voice.m4a"));
  const runs = file.indexOf("stsc");
  // Every chunk claims four billion frames of the same size.
  file.writeUInt32BE(0xff_ff_ff_ff, runs + 4 + 12);
  const sizes = file.indexOf("stsz");
  file.writeUInt32BE(100, sizes + 8);
  file.writeUInt32BE(0xff_ff_ff_ff, sizes + 12);
  await decode(file, LIMITS).catch((error: unknown) => expect(error).toMatchObject({ name: "UserError" }));
});

test("sound that comes in very many pieces is put together", () => {
  const sink = new PcmSink(LIMITS.maxDurationMs);
  for (let piece = 0; piece < 200_000; piece++) sink.write([Float32Array.of(0.5)], SAMPLE_RATE_HZ);
  const whole = sink.finish();
  expect(whole.length).toBe(200_000);
  expect(whole.every((sample) => sample === 0.5)).toBe(true);
});
