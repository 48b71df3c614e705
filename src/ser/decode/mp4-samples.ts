/** Where the coded frames ("samples") of an MP4 track lie, from its tables or its fragments. */

import { uint32be, uint64be } from "./bytes.ts";
import { findBox, type Mp4Box, mp4Boxes } from "./mp4-boxes.ts";

/** Frames don't overlap: when they are much longer together than the whole file, the tables lie, and it ends there. */
export function* asFarAsPlausible(frames: Iterable<Uint8Array>, fileLength: number): Generator<Uint8Array> {
  let budget = 2 * fileLength;
  for (const frame of frames) {
    budget -= frame.length + 1;
    if (budget < 0) return;
    yield frame;
  }
}

/** The frames that the track's sample tables point to, as far as they are in the file. */
export function* tableSamples(bytes: Uint8Array, stbl: Mp4Box): Generator<Uint8Array> {
  const sizes = findBox(bytes, stbl.start, stbl.end, "stsz");
  const runs = findBox(bytes, stbl.start, stbl.end, "stsc");
  if (sizes === undefined || runs === undefined) return;
  const sizeOf = sampleSizes(bytes, sizes);
  let sample = 0;
  for (const { chunk, offset } of chunkOffsets(bytes, stbl)) {
    let position = offset;
    for (let left = samplesInChunk(bytes, runs, chunk); left > 0; left--) {
      const size = sizeOf(sample);
      if (size === undefined || size === 0 || position + size > bytes.length) break;
      yield bytes.subarray(position, position + size);
      position += size;
      sample += 1;
    }
  }
}

/** Sizes by the sample's number; undefined beyond the table. */
function sampleSizes(bytes: Uint8Array, stsz: Mp4Box): (sample: number) => number | undefined {
  const uniform = uint32be(bytes, stsz.start + 4);
  const count = uint32be(bytes, stsz.start + 8);
  if (uniform > 0) return (sample) => (sample < count ? uniform : undefined);
  const known = Math.min(count, Math.floor((stsz.end - stsz.start - 12) / 4));
  return (sample) => (sample < known ? uint32be(bytes, stsz.start + 12 + sample * 4) : undefined);
}

function* chunkOffsets(bytes: Uint8Array, stbl: Mp4Box): Generator<{ chunk: number; offset: number }> {
  const short = findBox(bytes, stbl.start, stbl.end, "stco");
  const table = short ?? findBox(bytes, stbl.start, stbl.end, "co64");
  if (table === undefined) return;
  const width = short === undefined ? 8 : 4;
  const count = Math.min(uint32be(bytes, table.start + 4), Math.floor((table.end - table.start - 8) / width));
  for (let i = 0; i < count; i++) {
    const at = table.start + 8 + i * width;
    yield { chunk: i + 1, offset: short === undefined ? uint64be(bytes, at) : uint32be(bytes, at) };
  }
}

/** Runs of chunks are sorted by their first chunk. */
function samplesInChunk(bytes: Uint8Array, stsc: Mp4Box, chunk: number): number {
  const count = Math.min(uint32be(bytes, stsc.start + 4), Math.floor((stsc.end - stsc.start - 8) / 12));
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (uint32be(bytes, stsc.start + 8 + middle * 12) <= chunk) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : uint32be(bytes, stsc.start + 8 + (low - 1) * 12 + 4);
}

const TFHD = { baseOffset: 0x01, description: 0x02, duration: 0x08, size: 0x10 } as const;
const TRUN = { dataOffset: 0x01, firstFlags: 0x04, duration: 0x100, size: 0x200, flags: 0x400, time: 0x800 } as const;

/** The frames of a track in a fragmented file, as browsers record it. */
export function* fragmentSamples(bytes: Uint8Array, track: number): Generator<Uint8Array> {
  for (const moof of mp4Boxes(bytes, 0, bytes.length)) {
    if (moof.type !== "moof") continue;
    for (const traf of mp4Boxes(bytes, moof.start, moof.end)) {
      const tfhd = findBox(bytes, traf.start, traf.end, "tfhd");
      if (traf.type !== "traf" || tfhd === undefined || uint32be(bytes, tfhd.start + 4) !== track) continue;
      yield* trafSamples(bytes, traf, tfhd, moof.offset);
    }
  }
}

function* trafSamples(bytes: Uint8Array, traf: Mp4Box, tfhd: Mp4Box, moofOffset: number): Generator<Uint8Array> {
  const flags = uint32be(bytes, tfhd.start) & 0xff_ff_ff;
  let at = tfhd.start + 8;
  let base = moofOffset;
  if ((flags & TFHD.baseOffset) !== 0) {
    base = uint64be(bytes, at);
    at += 8;
  }
  at += ((flags & TFHD.description) === 0 ? 0 : 4) + ((flags & TFHD.duration) === 0 ? 0 : 4);
  const defaultSize = (flags & TFHD.size) === 0 ? 0 : uint32be(bytes, at);
  let position = base;
  for (const trun of mp4Boxes(bytes, traf.start, traf.end)) {
    if (trun.type !== "trun") continue;
    const run = readRun(bytes, trun);
    if (run.dataOffset !== undefined) position = base + run.dataOffset;
    for (let i = 0; i < run.count; i++) {
      const size = run.sizeAt(i) ?? defaultSize;
      if (size === 0 || position < 0 || position + size > bytes.length) return;
      yield bytes.subarray(position, position + size);
      position += size;
    }
  }
}

interface TrackRun {
  readonly count: number;
  readonly dataOffset: number | undefined;
  readonly sizeAt: (sample: number) => number | undefined;
}

function readRun(bytes: Uint8Array, trun: Mp4Box): TrackRun {
  const flags = uint32be(bytes, trun.start) & 0xff_ff_ff;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const table = trun.start + 8 + (has(TRUN.dataOffset) ? 4 : 0) + (has(TRUN.firstFlags) ? 4 : 0);
  const fields = [TRUN.duration, TRUN.size, TRUN.flags, TRUN.time].filter(has).length;
  const claimed = uint32be(bytes, trun.start + 4);
  const sizeOffset = has(TRUN.duration) ? 4 : 0;
  return {
    count: fields === 0 ? claimed : Math.min(claimed, Math.floor((trun.end - table) / (fields * 4))),
    // Signed 32 bits.
    dataOffset: has(TRUN.dataOffset) ? uint32be(bytes, trun.start + 8) | 0 : undefined,
    sizeAt: (sample) => (has(TRUN.size) ? uint32be(bytes, table + sample * fields * 4 + sizeOffset) : undefined),
  };
}
