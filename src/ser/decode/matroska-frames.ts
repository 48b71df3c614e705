/** The frames of one Matroska track, out of its blocks (RFC 9559, section 10). */

import { type EbmlElement, ebmlElements, readSize } from "./ebml.ts";

const SEGMENT = 0x18_53_80_67;
const CLUSTER = 0x1f_43_b6_75;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const SIMPLE_BLOCK = 0xa3;

/** Track time (2 bytes) and flags after the track's number. */
const BLOCK_HEADER_LENGTH = 3;
const LACING = { none: 0, xiph: 1, fixed: 2, ebml: 3 } as const;

/** All complete frames of the track, in order. */
export function* matroskaFrames(bytes: Uint8Array, track: number): Generator<Uint8Array> {
  for (const element of ebmlElements(bytes, 0, bytes.length, isOpen)) {
    if (element.id === BLOCK || element.id === SIMPLE_BLOCK) yield* blockFrames(bytes, element, track);
  }
}

function isOpen(id: number): boolean {
  return id === SEGMENT || id === CLUSTER || id === BLOCK_GROUP;
}

function* blockFrames(bytes: Uint8Array, block: EbmlElement, track: number): Generator<Uint8Array> {
  const number = readSize(bytes, block.start);
  if (!block.isWhole || number?.value !== track) return;
  const start = block.start + number.length + BLOCK_HEADER_LENGTH;
  const lacing = ((bytes[start - 1] ?? 0) >> 1) & 3;
  if (lacing === LACING.none) {
    if (start < block.end) yield bytes.subarray(start, block.end);
    return;
  }
  const count = (bytes[start] ?? 0) + 1;
  const { sizes, next } = laceSizes(bytes, start + 1, block.end, count, lacing);
  let offset = next;
  for (const size of sizes) {
    if (size <= 0 || offset + size > block.end) return;
    yield bytes.subarray(offset, offset + size);
    offset += size;
  }
}

/** Sizes of the frames in a lace, and where the first one begins. The last one's size is what is left. */
function laceSizes(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  lacing: number,
): { sizes: number[]; next: number } {
  if (lacing === LACING.fixed) {
    return { sizes: new Array<number>(count).fill(Math.floor((end - start) / count)), next: start };
  }
  const sizes: number[] = [];
  let next = start;
  let sum = 0;
  while (sizes.length < count - 1 && next < end) {
    const read = lacing === LACING.xiph ? xiphSize(bytes, next) : ebmlSize(bytes, next, sizes.at(-1));
    sizes.push(read.size);
    sum += read.size;
    next = read.next;
  }
  sizes.push(end - next - sum);
  return { sizes, next };
}

function xiphSize(bytes: Uint8Array, offset: number): { size: number; next: number } {
  let next = offset;
  while (bytes[next] === 255) next += 1;
  return { size: (next - offset) * 255 + (bytes[next] ?? 0), next: next + 1 };
}

/** The first size is stored as it is, the others as signed differences. */
function ebmlSize(bytes: Uint8Array, offset: number, previous: number | undefined): { size: number; next: number } {
  const read = readSize(bytes, offset);
  if (read === undefined) return { size: 0, next: offset + 1 };
  const difference = read.value - (2 ** (7 * read.length - 1) - 1);
  return { size: previous === undefined ? read.value : previous + difference, next: offset + read.length };
}
