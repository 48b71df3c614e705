/** Opus decoders are used again, and nobody hears it. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { decode } from "../../../src/ser/decode/index.ts";
import { OpusDecoders } from "../../../src/ser/decode/opus-decoders.ts";
import { DEFAULT_LIMITS } from "../../../src/ser/limits.ts";
import { opusPackets } from "../../discord/voice/microphone.ts";

const fixture = (name: string) => join(import.meta.dirname, "..", "..", "fixtures", name);
const MONO = { channels: 1, streamCount: 1, coupledStreamCount: 0, channelMappingTable: [0] };
const STEREO = { channels: 2, streamCount: 1, coupledStreamCount: 1, channelMappingTable: [0, 1] };

test("a clip sounds the same whatever was decoded before it, or is beside it", async () => {
  const [voice, long] = await Promise.all([readFile(fixture("voice.ogg")), readFile(fixture("long.ogg"))]);
  const samplesOf = async (bytes: Uint8Array) => (await decode(bytes, DEFAULT_LIMITS)).samples;
  const fresh = await samplesOf(voice);
  await samplesOf(long);
  expect(await samplesOf(voice)).toEqual(fresh);
  expect(await Promise.all([samplesOf(voice), samplesOf(voice)])).toEqual([fresh, fresh]);
});

test("an idle decoder goes to the next stream like its own, and to no other", async () => {
  const packets = (await opusPackets(fixture("voice.ogg"))).slice(0, 20);
  const decoders = new OpusDecoders();
  const [mono, stereo] = [await decoders.take(MONO), await decoders.take(STEREO)];
  const first = mono.decode(packets).channelData;
  for (const decoder of [mono, stereo]) decoders.giveBack(decoder);
  const again = await decoders.take(MONO);
  expect(again).toBe(mono);
  expect(again.decode(packets).channelData).toEqual(first);
  expect(await decoders.take(MONO)).not.toBe(mono);
  decoders.giveBack(again);
  expect(await decoders.take({ ...MONO, coupledStreamCount: 1 })).not.toBe(mono);
  expect(await decoders.take({ ...STEREO, channelMappingTable: [1, 0] })).not.toBe(stereo);
  expect(await decoders.take(STEREO)).toBe(stereo);
});

test.each([
  ["mono", MONO],
  ["stereo", STEREO],
])("the two thousandth %s stream sounds like the first", async (_, layout) => {
  const packets = (await opusPackets(fixture("voice.ogg"))).slice(20, 25);
  const decoders = new OpusDecoders();
  let first: Float32Array[] | undefined;
  for (let stream = 0; stream < 2000; stream++) {
    const decoder = await decoders.take(layout);
    const { channelData } = decoder.decode(packets);
    first ??= channelData;
    if (
      !channelData.every((channel, i) => first?.[i] && Buffer.from(channel.buffer).equals(Buffer.from(first[i].buffer)))
    ) {
      expect.fail(`stream ${stream} sounds different`);
    }
    decoders.giveBack(decoder);
  }
});

test("one that met what libopus refuses isn't lent again", async () => {
  // The library says so on the console as well.
  vi.spyOn(console, "error").mockReturnValue();
  const decoders = new OpusDecoders();
  const decoder = await decoders.take(MONO);
  // Code 3 of RFC 6716, section 3.2.5, with a count of no frames.
  expect(decoder.decode([Buffer.from([3, 0])]).errors).toHaveLength(1);
  decoders.giveBack(decoder);
  expect(await decoders.take(MONO)).not.toBe(decoder);
});
