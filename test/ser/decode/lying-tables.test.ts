import { expect, test } from "vitest";
import { decode } from "../../../src/ser/decode/index.ts";
import { fixture, LIMITS, userErrorOf } from "./fixtures.ts";

// Without a bound each of these files keeps a decoder busy for minutes to days.

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value, i * 4);
  });
  return bytes;
}

function box(type: string, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([numbers(content.length + 8), Buffer.from(type, "latin1"), content]);
}

/** An MP4 with Opus of one byte per packet, whose chunks all lie at the same place. */
function overlappingMp4(packets: Uint8Array, chunks: number): Buffer {
  const opusHead = box("dOps", Buffer.from([0, 1, 0, 0, 0, 0, 0xbb, 0x80, 0, 0, 0]));
  const descriptions = box("stsd", numbers(0, 1), box("Opus", Buffer.alloc(28), opusHead));
  const tables = box(
    "stbl",
    descriptions,
    box("stsz", numbers(0, 1, 0xff_ff_ff_ff)),
    box("stsc", numbers(0, 1, 1, packets.length, 1)),
    box("stco", numbers(0, chunks), numbers(...new Array<number>(chunks).fill(20))),
  );
  const handler = box("hdlr", numbers(0, 0), Buffer.from("soun", "latin1"), Buffer.alloc(12));
  const header = box("tkhd", numbers(0, 0, 0, 1), Buffer.alloc(68));
  const track = box("trak", header, box("mdia", handler, box("minf", tables)));
  return Buffer.concat([box("ftyp", Buffer.from("isom", "latin1")), box("mdat", packets), box("moov", track)]);
}

test("chunks that point again and again at the same rubbish are not followed for ever", async () => {
  // Opus packets of code 3 must have a second byte.
  const file = overlappingMp4(Buffer.alloc(100_000, 3), 100_000);
  expect((await userErrorOf(decode(file, LIMITS))).code).toBe("damaged");
});

test("the same file with good packets is as long as it seems", async () => {
  const file = overlappingMp4(Buffer.alloc(100, 0x18), 1);
  expect((await decode(file, LIMITS)).durationMs).toBe(100 * 60);
});

test("a file full of false Ogg pages comes to an end", async () => {
  const falsePages = Buffer.alloc(5_000_000, "OggS\0\0\xff\xff", "latin1");
  const { durationMs } = await decode(Buffer.concat([fixture("voice.ogg"), falsePages]), LIMITS);
  expect(durationMs).toBeCloseTo(5288, -1);
});

test("a file full of frames that aren't AAC comes to an end", async () => {
  const falseFrames = Buffer.alloc(2_000_000, Uint8Array.of(0xff, 0xf1, 0x60, 0x40, 0x01, 0x1f, 0xfc, 0x99));
  const { durationMs } = await decode(Buffer.concat([fixture("voice.aac"), falseFrames]), LIMITS);
  expect(durationMs).toBeCloseTo(5282, -1);
});
