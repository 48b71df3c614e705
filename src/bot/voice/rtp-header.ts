/** The part of an RTP packet (RFC 3550) that Discord's encryption leaves in the clear. */

const HEADER_BYTES = 12;
const VERSION = 2;
/** Discord's payload type for Opus. */
const OPUS = 120;

/** Which packet of which stream it is. */
export interface RtpHeader {
  readonly ssrc: number;
  /** 16 bits, one more with each packet. */
  readonly sequence: number;
  /** 32 bits, in samples at 48 kHz. */
  readonly timestamp: number;
}

/** Packets of one stream that belong together: the numbers of the first and the last of them, as in their headers. */
export interface RtpSpan {
  readonly ssrc: number;
  readonly first: number;
  readonly last: number;
}

/** Reads a datagram's header; `undefined` when it holds no audio. */
export function readRtpHeader(datagram: Buffer): RtpHeader | undefined {
  if (datagram.length <= HEADER_BYTES) return undefined;
  if (datagram.readUInt8(0) >> 6 !== VERSION || (datagram.readUInt8(1) & 0x7f) !== OPUS) return undefined;
  return { sequence: datagram.readUInt16BE(2), timestamp: datagram.readUInt32BE(4), ssrc: datagram.readUInt32BE(8) };
}
