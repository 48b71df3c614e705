/** The boxes of MP4 and QuickTime files (ISO/IEC 14496-12). */

import { ascii, uint32be, uint64be } from "./bytes.ts";

/** One box; `start` and `end` bound what is in it, `offset` is where its header begins. */
export interface Mp4Box {
  readonly type: string;
  readonly offset: number;
  readonly start: number;
  readonly end: number;
  /** False when it claims to reach beyond its parent. */
  readonly isWhole: boolean;
}

/** The boxes between two offsets. */
export function* mp4Boxes(bytes: Uint8Array, from: number, to: number): Generator<Mp4Box> {
  let offset = from;
  while (offset + 8 <= to) {
    const short = uint32be(bytes, offset);
    const isLong = short === 1;
    const size = isLong ? uint64be(bytes, offset + 8) : short === 0 ? to - offset : short;
    const header = isLong ? 16 : 8;
    if (size < header) return;
    const end = offset + size;
    const type = ascii(bytes, offset + 4, 4);
    yield { type, offset, start: offset + header, end: Math.min(end, to), isWhole: end <= to };
    offset = end;
  }
}

/** The first box at the end of a path such as "mdia", "minf"; undefined when a step is missing. */
export function findBox(bytes: Uint8Array, from: number, to: number, ...path: readonly string[]): Mp4Box | undefined {
  const [type, ...rest] = path;
  for (const box of mp4Boxes(bytes, from, to)) {
    if (box.type === type) return rest.length === 0 ? box : findBox(bytes, box.start, box.end, ...rest);
  }
  return undefined;
}
