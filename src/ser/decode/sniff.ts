/** Tells what kind of file bytes are, by their content only. */

import { adtsFrameLength } from "./adts.ts";
import { ascii } from "./bytes.ts";
import { id3Length, mp3FrameLength } from "./mp3-frame.ts";

/** Kinds of files that can be read. */
export type Container = "ogg" | "wav" | "flac" | "matroska" | "mp4" | "mp3" | "adts";

/** Frames have no magic number, so some of them must follow each other; rubbish may come before them. */
const FRAMES_IN_A_ROW = 3;
const MAX_LEADING_RUBBISH = 8192;

/** The kind of a file, or undefined when it is no audio that we know. */
export function sniff(bytes: Uint8Array): Container | undefined {
  const start = id3Length(bytes);
  const magic = ascii(bytes, start, 4);
  if (magic === "OggS") return "ogg";
  if (magic === "fLaC") return "flac";
  if ((magic === "RIFF" || magic === "RF64") && ascii(bytes, start + 8, 4) === "WAVE") return "wav";
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return "matroska";
  if (MP4_FIRST_BOXES.has(ascii(bytes, 4, 4))) return "mp4";
  return sniffFrames(bytes, start);
}

const MP4_FIRST_BOXES: ReadonlySet<string> = new Set(["ftyp", "moov", "mdat", "styp", "wide"]);

function sniffFrames(bytes: Uint8Array, start: number): "mp3" | "adts" | undefined {
  const end = Math.min(bytes.length, start + MAX_LEADING_RUBBISH);
  for (let offset = start; offset < end; offset++) {
    if (bytes[offset] !== 0xff) continue;
    if (inARow(bytes, offset, mp3FrameLength)) return "mp3";
    if (inARow(bytes, offset, adtsFrameLength)) return "adts";
  }
  return undefined;
}

/** Whether frames follow each other from `offset` on, up to the end of a short file. */
function inARow(bytes: Uint8Array, offset: number, lengthAt: (bytes: Uint8Array, offset: number) => number): boolean {
  let next = offset;
  for (let i = 0; i < FRAMES_IN_A_ROW; i++) {
    const length = lengthAt(bytes, next);
    if (length === 0) return false;
    next += length;
    if (next >= bytes.length) return offset === 0 || i > 0;
  }
  return true;
}
