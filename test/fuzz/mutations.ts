/** Ways to make bad input, each the same for the same seed. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { oggChecksum } from "../../src/ser/decode/ogg-checksum.ts";
import { muxOggOpus } from "../../src/ser/ogg-mux.ts";
import { randomFrom } from "../support/random.ts";

/** Numbers in 0..1. */
export type Random = () => number;
/** Makes one input. */
type Mutation = (random: Random) => Uint8Array;

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const AUDIO = /\.(ogg|webm|mka|mp3|mp4|m4a|aac|flac|wav)$/;
const files = readdirSync(FIXTURES)
  .filter((name) => AUDIO.test(name))
  .map((name) => readFileSync(join(FIXTURES, name)))
  .filter(({ length }) => length > 0);

/** A whole number under `limit`. */
function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** A copy of a real file. */
const realFile: Mutation = (random) => Uint8Array.from(pick(random, files));

/** Somewhere in the file: half of the time among its first bytes, where headers are. */
function somewhere(random: Random, { length }: Uint8Array): number {
  return below(random, random() < 0.5 ? Math.min(600, length) : length);
}

const flippedBits: Mutation = (random) => {
  const bytes = realFile(random);
  for (let i = 1 + below(random, 40); i > 0; i--) {
    const at = somewhere(random, bytes);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
  }
  return bytes;
};

/** Ogg pages carry a checksum; with it mended, what was flipped gets as far as the decoder. */
const flippedBehindChecksums: Mutation = (random) => mended(flippedBits(random));

const truncated: Mutation = (random) => {
  const bytes = realFile(random);
  return bytes.subarray(0, 1 + below(random, bytes.length - 1));
};

const spliced: Mutation = (random) => {
  const other = realFile(random);
  return Buffer.concat([truncated(random), other.subarray(below(random, other.length))]);
};

/** A piece of the file many times over. */
const repeated: Mutation = (random) => {
  const bytes = realFile(random);
  const start = below(random, bytes.length);
  const piece = bytes.subarray(start, start + 1 + below(random, 2000));
  const times = 1 + below(random, 2000);
  return Buffer.concat([bytes.subarray(0, start), ...Array<Uint8Array>(times).fill(piece), bytes.subarray(start)]);
};

/** What sizes, counts and times are told by, in all containers. */
const TAGS = [
  "RIFF",
  "fmt ",
  "data",
  "stsz",
  "stsc",
  "stco",
  "stts",
  "mdhd",
  "mvhd",
  "trun",
  "moov",
  "mdat",
  "OpusHead",
];
TAGS.push(
  "OggS",
  "fLaC",
  "ID3",
  "Info",
  "Xing",
  "\x1a\x45\xdf\xa3",
  "\x18\x53\x80\x67",
  "\x1f\x43\xb6\x75",
  "\xff\xfb",
);
const LIES = [0xff_ff_ff_ff, 0x7f_ff_ff_ff, 0x80_00_00_00, 0x10_00_00_00, 0xff_ff, 0];

/** A header that claims hours, gigabytes or nothing at all. */
const lyingHeader: Mutation = (random) => {
  const bytes = Buffer.from(realFile(random));
  const found = TAGS.filter((tag) => bytes.includes(tag, 0, "latin1"));
  const tag = found.length > 0 ? pick(random, found) : "";
  const at = bytes.indexOf(tag, 0, "latin1") + below(random, 32);
  const lie = pick(random, LIES);
  if (at + 4 <= bytes.length) random() < 0.5 ? bytes.writeUInt32LE(lie, at) : bytes.writeUInt32BE(lie, at);
  return random() < 0.5 ? mended(bytes) : bytes;
};

/** Packets of two or three bytes that claim 120 ms each: hours in a small file, and not all of them possible. */
const opusBomb: Mutation = (random) => {
  const toc = below(random, 256);
  const packet = Uint8Array.of(toc, ...Array.from({ length: below(random, 4) }, () => below(random, 256)));
  const packets = Array<Uint8Array>(1 + below(random, 20_000)).fill(packet);
  return muxOggOpus(packets, { channels: random() < 0.5 ? 1 : 2, packetMs: 120, preSkip: below(random, 65_536) });
};

const noise: Mutation = (random) => Uint8Array.from({ length: below(random, 20_000) }, () => below(random, 256));

const MAGICS = [
  "OggS",
  "fLaC",
  "RIFF\0\0\0\0WAVEfmt ",
  "\x1a\x45\xdf\xa3",
  "\0\0\0\x18ftypM4A ",
  "ID3\x04\0\0",
  "\xff\xfb\x90",
  "\xff\xf1\x50",
];

/** A beginning that promises, and noise. */
const noiseInDisguise: Mutation = (random) =>
  Buffer.concat([Buffer.from(pick(random, MAGICS), "latin1"), noise(random)]);

/** One container's beginning with the rest of another. */
const wrongContainer: Mutation = (random) => {
  const [one, other] = [realFile(random), realFile(random)];
  const head = 4 + below(random, 200);
  return Buffer.concat([one.subarray(0, head), other.subarray(below(random, 200))]);
};

const monotony: Mutation = (random) =>
  Buffer.concat([truncated(random), Buffer.alloc(below(random, 2_000_000), pick(random, [0, 255, 0x55]))]);

/** All ways, by name. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  flippedBits,
  flippedBehindChecksums,
  truncated,
  spliced,
  repeated,
  lyingHeader,
  opusBomb,
  noise,
  noiseInDisguise,
  wrongContainer,
  monotony,
};

/** The `number`th input of a seed, and how it was made. */
export function badInput(seed: number, number: number): { readonly name: string; readonly bytes: Uint8Array } {
  const random = randomFrom(Math.imul(seed, 0x9e_37_79_b1) ^ number);
  const name = pick(random, Object.keys(MUTATIONS));
  return { name, bytes: MUTATIONS[name]?.(random) ?? new Uint8Array() };
}

function mended(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes);
  for (let page = file.indexOf("OggS"); page >= 0 && page + 27 <= file.length; ) {
    const next = file.indexOf("OggS", page + 4);
    const whole = file.subarray(page, next < 0 ? file.length : next);
    file.writeUInt32LE(oggChecksum(whole), page + 22);
    page = next;
  }
  return file;
}
