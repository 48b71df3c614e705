/** Reading numbers and letters out of bytes; past the end there are zeros and empty words. */

/** `length` letters at `offset` (Latin-1), or "" when they aren't all there. */
export function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return offset + length > bytes.length ? "" : String.fromCharCode(...bytes.subarray(offset, offset + length));
}

/** 16 bits, big-endian. */
export function uint16be(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

/** 32 bits, big-endian. */
export function uint32be(bytes: Uint8Array, offset: number): number {
  return uint16be(bytes, offset) * 65_536 + uint16be(bytes, offset + 2);
}

/** 64 bits, big-endian; above 2^53 it is only approximate, and past every file anyway. */
export function uint64be(bytes: Uint8Array, offset: number): number {
  return uint32be(bytes, offset) * 2 ** 32 + uint32be(bytes, offset + 4);
}

/** 16 bits, little-endian. */
export function uint16le(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);
}

/** 32 bits, little-endian. */
export function uint32le(bytes: Uint8Array, offset: number): number {
  return uint16le(bytes, offset) + uint16le(bytes, offset + 2) * 65_536;
}
