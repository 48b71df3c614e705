/** MPEG audio frame headers (ISO/IEC 11172-3, 13818-3) and the ID3v2 tag in front of them. */

import { ascii } from "./bytes.ts";

/** kbit/s by bitrate index, for MPEG 1 layers 1 to 3 and MPEG 2 layers 1 and 2/3. */
const KBITS = {
  v1l1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  v1l2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1l3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2l1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  v2l23: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const MPEG1_RATES_HZ = [44_100, 48_000, 32_000];

/** Length in bytes of the frame whose header is at `offset`, or 0 when there is none (free format counts as none). */
export function mp3FrameLength(bytes: Uint8Array, offset: number): number {
  const second = bytes[offset + 1] ?? 0;
  const third = bytes[offset + 2] ?? 0;
  if (bytes[offset] !== 0xff || (second & 0xe0) !== 0xe0) return 0;
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const rate = MPEG1_RATES_HZ[(third >> 2) & 3];
  const kbits = bitrates(version, layer)[third >> 4];
  if (version === 1 || layer === 4 || rate === undefined || kbits === undefined || kbits === 0) return 0;
  const rateHz = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor((12_000 * kbits) / rateHz) + padding) * 4;
  const samples = layer === 3 && version !== 3 ? 576 : 1152;
  return Math.floor((samples * 125 * kbits) / rateHz) + padding;
}

function bitrates(version: number, layer: number): readonly number[] {
  if (version === 3) return layer === 1 ? KBITS.v1l1 : layer === 2 ? KBITS.v1l2 : KBITS.v1l3;
  return layer === 1 ? KBITS.v2l1 : KBITS.v2l23;
}

/** Length in bytes of the ID3v2 tags at the start, or 0. */
export function id3Length(bytes: Uint8Array): number {
  let offset = 0;
  while (ascii(bytes, offset, 3) === "ID3" && offset + 10 <= bytes.length) {
    const size = bytes.subarray(offset + 6, offset + 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
    const footer = ((bytes[offset + 5] ?? 0) & 0x10) === 0 ? 0 : 10;
    offset += 10 + size + footer;
  }
  return offset;
}
