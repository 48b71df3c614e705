/** FLAC files, fed to the decoder a frame at a time: a frame of 20 bytes can hold a second of silence. */

import { UserError } from "../../errors.ts";
import { ascii, uint32be } from "./bytes.ts";
import { feed } from "./feed.ts";
import { id3Length } from "./mp3-frame.ts";
import type { PcmSink } from "./pcm-sink.ts";
import type { Reader } from "./reader.ts";
import { SAMPLE_RATE_HZ } from "./sample-rate.ts";

const MAGIC_LENGTH = 4;
const BLOCK_HEADER_LENGTH = 4;
const STREAMINFO_LENGTH = 34;
const LAST_BLOCK = 0x80;
/** Where the description says rate and length (RFC 9639, section 8.2), from the start of the stream. */
const RATE_OFFSET = 18;
const TOTAL_OFFSET = 21;
/** What the resampler may still hold back when the stream has ended. */
const SLACK_S = 0.1;
/** The longest frame there can be: 65535 samples of 32 bits in 8 channels, and a little. */
const MAX_FRAME_BYTES = 65_535 * 4 * 8 + 1024;

/** Reads a FLAC file. */
export const decodeFlac: Reader = async (bytes, sink) => {
  const start = id3Length(bytes);
  const intact = await decodeFlacStream(bytes.subarray(start), sink);
  return { format: "FLAC", intact };
};

/** Decodes a FLAC stream that starts with "fLaC". @throws UserError `damaged` without a stream description */
export async function decodeFlacStream(bytes: Uint8Array, sink: PcmSink): Promise<boolean> {
  const headEnd = MAGIC_LENGTH + BLOCK_HEADER_LENGTH + STREAMINFO_LENGTH;
  const isStreamInfo = ((bytes[MAGIC_LENGTH] ?? 0) & 0x7f) === 0;
  if (ascii(bytes, 0, MAGIC_LENGTH) !== "fLaC" || !isStreamInfo || bytes.length < headEnd)
    throw new UserError("damaged");
  const head = bytes.slice(0, headEnd);
  // Tags and pictures aren't fed, so the description is the last block.
  head[MAGIC_LENGTH] = LAST_BLOCK;
  const isContent = await feed("flac", pieces(head, bytes, metadataEnd(bytes)), sink);
  return isContent && sink.length / SAMPLE_RATE_HZ > claimedSeconds(bytes) - SLACK_S;
}

/** 0 when the description doesn't know. */
function claimedSeconds(bytes: Uint8Array): number {
  const rateHz = uint32be(bytes, RATE_OFFSET) >>> 12;
  const samples = ((bytes[TOTAL_OFFSET] ?? 0) & 15) * 2 ** 32 + uint32be(bytes, TOTAL_OFFSET + 1);
  return rateHz === 0 ? 0 : samples / rateHz;
}

function metadataEnd(bytes: Uint8Array): number {
  let offset = MAGIC_LENGTH;
  for (;;) {
    const header = bytes[offset];
    if (header === undefined) return bytes.length;
    const [high = 0, middle = 0, low = 0] = bytes.subarray(offset + 1, offset + BLOCK_HEADER_LENGTH);
    offset += BLOCK_HEADER_LENGTH + high * 65_536 + middle * 256 + low;
    if ((header & LAST_BLOCK) !== 0) return offset;
  }
}

/** The head, then what lies between one frame header and the next. */
function* pieces(head: Uint8Array, bytes: Uint8Array, start: number): Generator<Uint8Array> {
  yield head;
  let from = start;
  for (let offset = start + 1; offset < bytes.length; offset++) {
    if (bytes[offset] === 0xff && isFrameHeader(bytes, offset)) {
      yield bytes.subarray(from, offset);
      from = offset;
    }
    // So much without a frame is rubbish, and the decoder would search all of it over and over.
    if (offset - from > MAX_FRAME_BYTES) return;
  }
  yield bytes.subarray(from);
}

/** Whether a frame header with the right checksum is at `offset` (RFC 9639, section 9.1). */
function isFrameHeader(bytes: Uint8Array, offset: number): boolean {
  const [, second = 0, third = 0, fourth = 0, number = 0] = bytes.subarray(offset, offset + 5);
  if ((second & 0xfe) !== 0xf8 || (fourth & 1) !== 0) return false;
  const blockSize = third >> 4;
  const rate = third & 15;
  if (blockSize === 0 || rate === 15) return false;
  const numberLength = number < 0x80 ? 1 : Math.clz32(~(number << 24));
  const blockSizeLength = blockSize === 6 ? 1 : blockSize === 7 ? 2 : 0;
  const rateLength = rate === 12 ? 1 : rate > 12 ? 2 : 0;
  const length = 4 + numberLength + blockSizeLength + rateLength;
  return checksum(bytes.subarray(offset, offset + length)) === bytes[offset + length];
}

/** CRC-8 with polynomial 0x07 from 0. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x80) === 0 ? 0 : 0x07)) & 0xff;
  }
  return crc;
}
