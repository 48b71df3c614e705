/** EBML (RFC 8794), the syntax of Matroska and WebM. */

/** One element; `start` and `end` bound its data. */
export interface EbmlElement {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** False when its size reaches beyond its parent. */
  readonly isWhole: boolean;
}

/** Marks the beginning of the next cluster, where reading can go on after damage. */
const CLUSTER_ID = Uint8Array.of(0x1f, 0x43, 0xb6, 0x75);

/**
 * The elements between two offsets. Those for which `isOpen` says so are followed by their contents rather than
 * skipped, so that an unknown size (live recordings) needs no special care.
 */
export function* ebmlElements(
  bytes: Uint8Array,
  from: number,
  to: number,
  isOpen: (id: number) => boolean = () => false,
): Generator<EbmlElement> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = from;
  while (offset < to) {
    const id = readId(bytes, offset);
    const size = id === undefined ? undefined : readSize(bytes, offset + id.length);
    if (id === undefined || size === undefined) {
      const next = buffer.indexOf(CLUSTER_ID, offset + 1);
      if (next < 0 || next >= to) return;
      offset = next;
      continue;
    }
    const start = offset + id.length + size.length;
    const end = Math.min(to, start + size.value);
    yield { id: id.value, start, end, isWhole: start + size.value <= to };
    offset = isOpen(id.value) ? start : end;
  }
}

/** A number of variable length: its value without the length marker. Undefined when it isn't there. */
export function readSize(bytes: Uint8Array, offset: number): { value: number; length: number } | undefined {
  const first = bytes[offset] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || offset + length > bytes.length) return undefined;
  const marker = 0x80 >> (length - 1);
  const value = bytes.subarray(offset + 1, offset + length).reduce((sum, byte) => sum * 256 + byte, first - marker);
  // All ones: the size isn't known.
  return { value: value >= 2 ** (7 * length) - 1 ? Number.POSITIVE_INFINITY : value, length };
}

function readId(bytes: Uint8Array, offset: number): { value: number; length: number } | undefined {
  const length = Math.clz32(bytes[offset] ?? 0) - 23;
  if (length > 4 || offset + length > bytes.length) return undefined;
  return { value: unsigned(bytes.subarray(offset, offset + length)), length };
}

/** An unsigned number, big-endian. */
export function unsigned(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
