/** The framing of Opus packets (RFC 6716, section 3). */

/** Frame durations by the configuration's number, in samples at 48 kHz. */
const SILK_FRAMES = [480, 960, 1920, 2880];
const HYBRID_FRAMES = [480, 960];
const CELT_FRAMES = [120, 240, 480, 960];
/** A packet has at most 120 ms. */
const MAX_PACKET_SAMPLES = 5760;
const MAX_FRAME_BYTES = 1275;

/** Duration of a packet in samples at 48 kHz, as its first bytes say; 0 when it is impossible. */
export function opusPacketSamples(packet: Uint8Array): number {
  const [toc, second = 0] = packet;
  if (toc === undefined) return 0;
  const frames = (toc & 3) === 0 ? 1 : (toc & 3) < 3 ? 2 : second & 63;
  const samples = frames * frameSamples(toc >> 3);
  return samples > MAX_PACKET_SAMPLES ? 0 : samples;
}

function frameSamples(config: number): number {
  if (config < 12) return SILK_FRAMES[config & 3] ?? 0;
  return (config < 16 ? HYBRID_FRAMES[config & 1] : CELT_FRAMES[config & 3]) ?? 0;
}

/** Whether a decoder can take the packet: its lengths add up. */
export function isOpusPacket(packet: Uint8Array): boolean {
  const [toc = 0, second = 0] = packet;
  if (opusPacketSamples(packet) === 0) return false;
  const code = toc & 3;
  if (code === 0) return packet.length - 1 <= MAX_FRAME_BYTES;
  if (code === 1) return packet.length % 2 === 1 && (packet.length - 1) / 2 <= MAX_FRAME_BYTES;
  if (code === 2) {
    const { length, next } = frameLength(packet, 1);
    const last = packet.length - next - length;
    return last >= 0 && Math.max(length, last) <= MAX_FRAME_BYTES;
  }
  return isCode3(packet, second);
}

function isCode3(packet: Uint8Array, flags: number): boolean {
  let next = 2;
  let padding = 0;
  if ((flags & 0x40) !== 0) {
    for (let more = true; more; next++) {
      const byte = packet[next];
      if (byte === undefined) return false;
      more = byte === 255;
      padding += more ? 254 : byte;
    }
  }
  const frames = flags & 63;
  if ((flags & 0x80) === 0) {
    const rest = packet.length - padding - next;
    return rest >= 0 && rest % frames === 0 && rest / frames <= MAX_FRAME_BYTES;
  }
  let lengths = 0;
  for (let frame = 1; frame < frames; frame++) {
    const read = frameLength(packet, next);
    lengths += read.length;
    next = read.next;
  }
  const last = packet.length - padding - next - lengths;
  return last >= 0 && last <= MAX_FRAME_BYTES;
}

/** A length of one or two bytes at `offset`; a missing one is longer than any packet. */
function frameLength(packet: Uint8Array, offset: number): { length: number; next: number } {
  const first = packet[offset];
  const second = packet[offset + 1];
  if (first === undefined) return { length: Number.POSITIVE_INFINITY, next: offset };
  if (first < 252) return { length: first, next: offset + 1 };
  return { length: second === undefined ? Number.POSITIVE_INFINITY : second * 4 + first, next: offset + 2 };
}
