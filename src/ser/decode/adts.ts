/** ADTS frames (ISO/IEC 13818-7): AAC with a header before every frame. */

const HEADER_LENGTH = 7;
/** The frame length has 13 bits. */
const MAX_FRAME_LENGTH = 8191;

/** Sample rates by their index. */
export const ADTS_RATES_HZ = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
] as const;

/** How AAC is coded, as far as an ADTS header can say it. */
export interface AdtsConfig {
  /** 1 Main, 2 LC, 3 SSR, 4 LTP. */
  readonly objectType: number;
  readonly rateIndex: number;
  readonly channelConfig: number;
}

/** Length in bytes of the frame whose header is at `offset`, or 0 when there is none. */
export function adtsFrameLength(bytes: Uint8Array, offset: number): number {
  if (bytes[offset] !== 0xff || ((bytes[offset + 1] ?? 0) & 0xf6) !== 0xf0) return 0;
  const rateIndex = adtsRateIndex(bytes, offset);
  const length =
    (((bytes[offset + 3] ?? 0) & 3) << 11) | ((bytes[offset + 4] ?? 0) << 3) | ((bytes[offset + 5] ?? 0) >> 5);
  return rateIndex >= ADTS_RATES_HZ.length || length <= HEADER_LENGTH ? 0 : length;
}

/** The rate's index in the header at `offset`. */
export function adtsRateIndex(bytes: Uint8Array, offset = 0): number {
  return ((bytes[offset + 2] ?? 0) >> 2) & 15;
}

/** Puts a header before one raw frame; undefined when the frame is too long for one. */
export function adtsFrame(frame: Uint8Array, config: AdtsConfig): Uint8Array | undefined {
  const length = HEADER_LENGTH + frame.length;
  if (length > MAX_FRAME_LENGTH || frame.length === 0) return undefined;
  const { objectType, rateIndex, channelConfig } = config;
  const whole = new Uint8Array(length);
  whole.set([
    0xff,
    0xf1,
    ((objectType - 1) << 6) | (rateIndex << 2) | (channelConfig >> 2),
    ((channelConfig & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  ]);
  whole.set(frame, HEADER_LENGTH);
  return whole;
}
