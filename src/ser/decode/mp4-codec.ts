/** What an MP4 track's sound is coded as, from its sample description. */

import { UserError } from "../../errors.ts";
import { ascii, uint16be, uint32be } from "./bytes.ts";
import { findBox, type Mp4Box } from "./mp4-boxes.ts";

/** A codec and what its decoder must be told (AudioSpecificConfig, OpusHead). */
export interface Mp4Codec {
  readonly name: "AAC" | "MP3" | "Opus";
  readonly config: Uint8Array;
}

const BOX_HEADER_LENGTH = 8;
/** A sound description's fixed fields; QuickTime's version 1 has 16 bytes more. */
const DESCRIPTION_LENGTH = 28;
const VERSION_1_EXTRA = 16;

const CODEC_NAMES: Readonly<Record<string, string>> = {
  alac: "ALAC",
  "ac-3": "AC-3",
  "ec-3": "E-AC-3",
  fLaC: "FLAC in MP4",
  samr: "AMR",
  sawb: "AMR-WB",
  enca: "an encrypted track",
  lpcm: "PCM in QuickTime",
  sowt: "PCM in QuickTime",
  twos: "PCM in QuickTime",
};

/** Reads the first sample description. @throws UserError `unsupported-codec`, `damaged` */
export function mp4Codec(bytes: Uint8Array, stsd: Mp4Box): Mp4Codec {
  const entry = stsd.start + 8;
  const end = Math.min(stsd.end, entry + uint32be(bytes, entry));
  const type = ascii(bytes, entry + 4, 4);
  const version = uint16be(bytes, entry + BOX_HEADER_LENGTH + 8);
  const children = entry + BOX_HEADER_LENGTH + DESCRIPTION_LENGTH + (version === 1 ? VERSION_1_EXTRA : 0);
  if (type === ".mp3") return { name: "MP3", config: new Uint8Array() };
  if (type === "Opus") return { name: "Opus", config: opusHead(bytes, findBox(bytes, children, end, "dOps")) };
  if (type === "mp4a") {
    const esds = findBox(bytes, children, end, "esds") ?? findBox(bytes, children, end, "wave", "esds");
    return elementaryStream(bytes, esds);
  }
  if (type === "") throw new UserError("damaged");
  throw new UserError("unsupported-codec", { codec: CODEC_NAMES[type] ?? type.replace(/[^\w .-]/g, "?") });
}

/** The same fields as in Ogg, big-endian and without the magic word. */
function opusHead(bytes: Uint8Array, dOps: Mp4Box | undefined): Uint8Array {
  if (dOps === undefined) throw new UserError("damaged");
  const head = Buffer.concat([Buffer.from("OpusHead", "latin1"), bytes.subarray(dOps.start, dOps.end)]);
  if (head.length < 19) throw new UserError("damaged");
  head.subarray(10, 12).swap16();
  head.subarray(12, 16).swap32();
  head.subarray(16, 18).swap16();
  return head;
}

const TAG = { stream: 0x03, decoder: 0x04, config: 0x05 } as const;
/** Object types of ISO/IEC 14496-1: AAC as MPEG-4 and MPEG-2 have it, and MP3 likewise. */
const AAC_TYPES: ReadonlySet<number> = new Set([0x40, 0x66, 0x67, 0x68]);
const MP3_TYPES: ReadonlySet<number> = new Set([0x69, 0x6b]);

function elementaryStream(bytes: Uint8Array, esds: Mp4Box | undefined): Mp4Codec {
  if (esds === undefined) throw new UserError("damaged");
  let objectType = 0x40;
  let offset = esds.start + 4;
  while (offset < esds.end) {
    const tag = bytes[offset];
    const { length, next } = descriptorLength(bytes, offset + 1);
    if (tag === TAG.stream) offset = next + streamFieldsLength(bytes[next + 2] ?? 0);
    else if (tag === TAG.decoder) {
      objectType = bytes[next] ?? 0;
      if (MP3_TYPES.has(objectType)) return { name: "MP3", config: new Uint8Array() };
      offset = next + 13;
    } else if (tag === TAG.config) {
      if (!AAC_TYPES.has(objectType)) break;
      return { name: "AAC", config: bytes.subarray(next, Math.min(esds.end, next + length)) };
    } else offset = next + length;
  }
  if (AAC_TYPES.has(objectType)) throw new UserError("damaged");
  throw new UserError("unsupported-codec", { codec: `MPEG-4 object type ${objectType}` });
}

/** An id and flags, and what the flags announce: a dependency, (an address is never there) and a clock. */
function streamFieldsLength(flags: number): number {
  return 3 + ((flags & 0x80) === 0 ? 0 : 2) + ((flags & 0x20) === 0 ? 0 : 2);
}

/** Seven bits a byte, at most four bytes. */
function descriptorLength(bytes: Uint8Array, offset: number): { length: number; next: number } {
  let length = 0;
  let next = offset;
  for (let more = true; more && next < offset + 4; next++) {
    const byte = bytes[next] ?? 0;
    length = length * 128 + (byte & 0x7f);
    more = (byte & 0x80) !== 0;
  }
  return { length, next };
}
