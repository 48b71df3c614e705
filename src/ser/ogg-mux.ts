/** Opus packets -> an Ogg/Opus file (RFC 7845 in RFC 3533 pages), without touching the packets. */

import { oggChecksum } from "./decode/ogg-checksum.ts";
import { opusPacketSamples } from "./decode/opus-packet.ts";

/** Granule positions count samples at this rate, whatever was encoded. */
const GRANULE_RATE_HZ = 48_000;
/** An Ogg page has at most this many lacing values. */
const MAX_SEGMENTS = 255;
const FIRST_PAGE = 0x02;
const LAST_PAGE = 0x04;
const SERIAL = 0x54_49_4d_42;

/** How the packets were made. */
export interface OpusStream {
  readonly channels: 1 | 2;
  /** Duration of each packet in ms. Default: what each packet says of itself. */
  readonly packetMs?: number;
  /** Samples at 48 kHz that a decoder drops at the start: the encoder's delay. */
  readonly preSkip: number;
  /** Length of the audio in ms; the decoder cuts what the last packet has beyond it. Default: all of it. */
  readonly durationMs?: number;
}

/** Muxes packets into one Ogg/Opus file. */
export function muxOggOpus(packets: readonly Uint8Array[], stream: OpusStream): Uint8Array {
  const { packetMs } = stream;
  const samplesOf = packetMs === undefined ? opusPacketSamples : () => (packetMs / 1000) * GRANULE_RATE_HZ;
  const whole = packets.reduce((sum, packet) => sum + samplesOf(packet), 0);
  const wanted =
    stream.durationMs === undefined ? whole : stream.preSkip + Math.round((stream.durationMs / 1000) * GRANULE_RATE_HZ);
  const pages = [page([opusHead(stream)], 0, 0, FIRST_PAGE), page([opusTags()], 0, 1, 0)];
  let batch: Uint8Array[] = [];
  let segments = 0;
  let samples = 0;
  packets.forEach((packet, i) => {
    batch.push(packet);
    samples += samplesOf(packet);
    segments += segmentsOf(packet);
    const next = packets[i + 1];
    if (next !== undefined && segments + segmentsOf(next) <= MAX_SEGMENTS) return;
    const granule = next === undefined ? Math.min(wanted, whole) : samples;
    pages.push(page(batch, granule, pages.length, next === undefined ? LAST_PAGE : 0));
    batch = [];
    segments = 0;
  });
  return Buffer.concat(pages);
}

/** A packet ends with a lacing value under 255, so a multiple of 255 needs one more. */
function segmentsOf(packet: Uint8Array): number {
  return Math.floor(packet.length / 255) + 1;
}

function opusHead(stream: OpusStream): Uint8Array {
  const head = Buffer.alloc(19);
  head.write("OpusHead", 0, "latin1");
  head.writeUInt8(1, 8);
  head.writeUInt8(stream.channels, 9);
  head.writeUInt16LE(stream.preSkip, 10);
  head.writeUInt32LE(GRANULE_RATE_HZ, 12);
  return head;
}

function opusTags(): Uint8Array {
  const vendor = "Timbre";
  const tags = Buffer.alloc(8 + 4 + vendor.length + 4);
  tags.write("OpusTags", 0, "latin1");
  tags.writeUInt32LE(vendor.length, 8);
  tags.write(vendor, 12, "latin1");
  return tags;
}

function page(packets: readonly Uint8Array[], granule: number, sequence: number, flags: number): Uint8Array {
  const lacing = packets.flatMap((packet) => [
    ...new Array<number>(segmentsOf(packet) - 1).fill(255),
    packet.length % 255,
  ]);
  const header = Buffer.alloc(27 + lacing.length);
  header.write("OggS", 0, "latin1");
  header.writeUInt8(flags, 5);
  header.writeBigInt64LE(BigInt(Math.round(granule)), 6);
  header.writeUInt32LE(SERIAL, 14);
  header.writeUInt32LE(sequence, 18);
  header.writeUInt8(lacing.length, 26);
  header.set(lacing, 27);
  const whole = Buffer.concat([header, ...packets]);
  whole.writeUInt32LE(oggChecksum(whole), 22);
  return whole;
}
