/** Ogg (RFC 3533): bytes -> pages -> packets of the logical streams in them. */

import { uint32le } from "./bytes.ts";
import { oggChecksum } from "./ogg-checksum.ts";

const HEADER_LENGTH = 27;
const CHECKSUM_OFFSET = 22;
const CONTINUED = 1;
const FIRST_PAGE = 2;
const LAST_PAGE = 4;
/** Longer packets than this aren't audio; a damaged file mustn't make us collect one. */
const MAX_PACKET_BYTES = 1024 * 1024;
/** After so many false pages (each costs a checksum over up to 64 KiB) nothing good is expected any more. */
const MAX_FALSE_PAGES = 2000;

/** One page. */
export interface OggPage {
  readonly serial: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isContinued: boolean;
  /** Position after the last packet that ends on the page, in the codec's own samples; -1 when none ends. */
  readonly granule: number;
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
  /** Whether the file ends within the page; then only the whole segments are there, and nobody knows if they are right. */
  readonly isCut: boolean;
  /** The page as it is in the file. */
  readonly bytes: Uint8Array;
}

/** The pages of a file with a right checksum, in order, and at last one that is cut off; what else there is is skipped. */
export function* oggPages(bytes: Uint8Array): Generator<OggPage> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = buffer.indexOf("OggS");
  let falsePages = 0;
  while (offset >= 0 && falsePages < MAX_FALSE_PAGES && offset + HEADER_LENGTH <= buffer.length) {
    const page = pageAt(buffer, offset);
    if (page === undefined) falsePages += 1;
    else yield page;
    if (page?.isCut) return;
    offset = buffer.indexOf("OggS", offset + (page?.bytes.length ?? 1));
  }
}

function pageAt(buffer: Buffer, offset: number): OggPage | undefined {
  const flags = buffer[offset + 5] ?? 0;
  const bodyStart = offset + HEADER_LENGTH + (buffer[offset + 26] ?? 0);
  const lacing = buffer.subarray(offset + HEADER_LENGTH, bodyStart);
  const end = bodyStart + lacing.reduce((sum, length) => sum + length, 0);
  const isCut = end > buffer.length;
  if (buffer[offset + 4] !== 0 || bodyStart > buffer.length) return undefined;
  // A page that seems cut may be a damaged header in the middle of the file.
  if (isCut ? buffer.includes("OggS", offset + 1) : !isRight(buffer.subarray(offset, end))) return undefined;
  const body = buffer.subarray(bodyStart, end);
  return {
    serial: uint32le(buffer, offset + 14),
    isFirst: (flags & FIRST_PAGE) !== 0,
    isLast: (flags & LAST_PAGE) !== 0 && !isCut,
    isContinued: (flags & CONTINUED) !== 0,
    granule: isCut ? -1 : Number(buffer.readBigInt64LE(offset + 6)),
    lacing: isCut ? wholeSegments(lacing, body.length) : lacing,
    isCut,
    body,
    bytes: buffer.subarray(offset, end),
  };
}

function isRight(page: Uint8Array): boolean {
  return oggChecksum(page) === uint32le(page, CHECKSUM_OFFSET);
}

function wholeSegments(lacing: Uint8Array, length: number): Uint8Array {
  let sum = 0;
  const cut = lacing.findIndex((segment) => {
    sum += segment;
    return sum > length;
  });
  return cut < 0 ? lacing : lacing.subarray(0, cut);
}

/** Puts one logical stream's packets together, page by page. */
export class PacketAssembler {
  #parts: Uint8Array[] = [];
  #length = 0;
  #isOpen = false;

  /** The packets that end on this page. */
  packets(page: OggPage): Uint8Array[] {
    if (!page.isContinued || !this.#isOpen) this.#drop();
    // The beginning of a continued packet may be lost; then its rest is useless.
    let isUseless = page.isContinued && !this.#isOpen;
    const packets: Uint8Array[] = [];
    let start = 0;
    let end = 0;
    for (const length of page.lacing) {
      end += length;
      if (length === 255) continue;
      this.#add(page.body.subarray(start, end));
      if (!isUseless && this.#length <= MAX_PACKET_BYTES) packets.push(Buffer.concat(this.#parts));
      this.#drop();
      isUseless = false;
      start = end;
    }
    this.#isOpen = page.lacing.at(-1) === 255 && !isUseless;
    if (this.#isOpen) this.#add(page.body.subarray(start));
    return packets;
  }

  #add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length <= MAX_PACKET_BYTES) this.#parts.push(part);
  }

  #drop(): void {
    this.#parts = [];
    this.#length = 0;
  }
}
