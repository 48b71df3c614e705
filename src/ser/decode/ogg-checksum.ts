/** The checksum of Ogg pages (RFC 3533): CRC-32 with polynomial 0x04c11db7, not reflected, from 0. */

const CHECKSUM_OFFSET = 22;
const CHECKSUM_END = 26;

/** Checksum of a whole page; the place where it is stored counts as zeros. */
export function oggChecksum(page: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= CHECKSUM_OFFSET && i < CHECKSUM_END ? 0 : (page[i] ?? 0);
    crc = (crc << 8) ^ (TABLE[(crc >>> 24) ^ byte] ?? 0);
  }
  return crc >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80_00_00_00 ? (crc << 1) ^ 0x04_c1_1d_b7 : crc << 1;
  return crc >>> 0;
});
