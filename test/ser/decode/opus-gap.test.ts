import { expect, test } from "vitest";
import { decode } from "../../../src/ser/decode/index.ts";
import { oggPages, PacketAssembler } from "../../../src/ser/decode/ogg.ts";
import { concealment, muxOggOpus } from "../../../src/ser/index.ts";
import { fixture, LIMITS } from "./fixtures.ts";

const assembler = new PacketAssembler();
const packets = [...oggPages(fixture("voice.ogg"))].flatMap((page) => assembler.packets(page)).slice(2);

test("sound stays in its place after a gap", async () => {
  const before = packets.slice(0, 40);
  const after = packets.slice(60, 100);
  const gap = concealment(before.at(-1) ?? new Uint8Array(), 20 * 960);
  expect(gap).toHaveLength(20);
  const mux = (all: readonly Uint8Array[]) => decode(muxOggOpus(all, { channels: 1, preSkip: 0 }), LIMITS);
  const [filled, whole] = [await mux([...before, ...gap, ...after]), await mux(packets.slice(0, 100))];
  expect(filled.durationMs).toBe(2000);
  // Half a second later the decoder has forgotten the gap.
  const tail = (samples: Float32Array) => samples.slice(1700 * 16);
  const difference = tail(filled.samples).reduce((most, sample, i) => {
    return Math.max(most, Math.abs(sample - (tail(whole.samples)[i] ?? 0)));
  }, 0);
  expect(difference).toBeLessThan(0.02);
});

test.each([
  ["two channels", Uint8Array.of(0xfc, 1), 1920, 2],
  ["frames of 60 ms", Uint8Array.of(0x18, 1), 2880, 1],
  ["less than half a packet", Uint8Array.of(0x78, 1), 479, 0],
])("a gap in %s is coded as what came before", (_, before, samples, count) => {
  expect(concealment(before, samples)).toEqual(
    new Array<Uint8Array>(count).fill(Uint8Array.of((before[0] ?? 0) & 0xfc)),
  );
});

test("packets of different lengths keep their own", async () => {
  const mixed = [Uint8Array.of(0x78), Uint8Array.of(0x18), Uint8Array.of(0x70)];
  const file = muxOggOpus(mixed, { channels: 1, preSkip: 0 });
  expect((await decode(file, LIMITS)).durationMs).toBe(20 + 60 + 10);
});
