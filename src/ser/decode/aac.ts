/** AAC: bare ADTS files, and raw frames from a container, which get ADTS headers on the way to the decoder. */

import { UserError } from "../../errors.ts";
import { ADTS_RATES_HZ, type AdtsConfig, adtsFrame, adtsFrameLength, adtsRateIndex } from "./adts.ts";
import { feed } from "./feed.ts";
import { id3Length } from "./mp3-frame.ts";
import type { PcmSink } from "./pcm-sink.ts";
import type { Reader } from "./reader.ts";

/** Audio object types of ISO/IEC 14496-3: spectral band replication and parametric stereo wrap another type. */
const SBR = 5;
const PARAMETRIC_STEREO = 29;
const LAST_ADTS_TYPE = 4;

/** Reads an ADTS file. */
export const decodeAdts: Reader = async (bytes, sink) => {
  const start = id3Length(bytes);
  const first = bytes.subarray(bytes.indexOf(0xff, start));
  const intact = await feed("aac", adtsFrames(bytes, start), sink, delayOver(adtsRateIndex(first)));
  return { format: "AAC", intact };
};

/**
 * Decodes raw AAC frames.
 * @param config AudioSpecificConfig of the container
 * @throws UserError `unsupported-codec` for low-delay and other unusual kinds of AAC
 */
export async function decodeAac(config: Uint8Array, frames: Iterable<Uint8Array>, sink: PcmSink): Promise<boolean> {
  const adts = adtsConfig(config);
  return await feed("aac", withHeaders(frames, adts), sink, delayOver(adts.rateIndex));
}

/**
 * The decoder doubles low rates, as if there were spectral band replication, and its filters are late then by 962
 * samples (measured on the fixtures; audio-decode's own MP4 reader has the same number). It leaves the encoder's
 * delay of a frame out by itself.
 */
function delayOver(rateIndex: number): (rateHz: number) => number {
  const coreHz = ADTS_RATES_HZ[rateIndex] ?? 0;
  return (rateHz) => (rateHz > coreHz * 1.5 ? 962 : 0);
}

function* adtsFrames(bytes: Uint8Array, start: number): Generator<Uint8Array> {
  let offset = start;
  while (offset < bytes.length) {
    const length = adtsFrameLength(bytes, offset);
    if (length > 0) yield bytes.subarray(offset, offset + length);
    offset += Math.max(1, length);
  }
}

function* withHeaders(frames: Iterable<Uint8Array>, config: AdtsConfig): Generator<Uint8Array> {
  for (const frame of frames) {
    const whole = adtsFrame(frame, config);
    if (whole !== undefined) yield whole;
  }
}

function adtsConfig(config: Uint8Array): AdtsConfig {
  let bit = 0;
  const read = (bits: number): number => {
    let value = 0;
    for (let i = 0; i < bits; i++, bit++) value = value * 2 + (((config[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    return value;
  };
  const readType = (): number => {
    const type = read(5);
    return type === 31 ? 32 + read(6) : type;
  };
  let objectType = readType();
  const rateIndex = read(4);
  const channelConfig = read(4);
  if (objectType === SBR || objectType === PARAMETRIC_STEREO) {
    if (read(4) === 15) read(24);
    objectType = readType();
  }
  if (objectType < 1) throw new UserError("damaged");
  if (objectType > LAST_ADTS_TYPE) throw new UserError("unsupported-codec", { codec: aacName(objectType) });
  if (rateIndex > 12 || channelConfig < 1 || channelConfig > 7) {
    throw new UserError("unsupported-codec", { codec: "AAC of an unusual layout" });
  }
  return { objectType, rateIndex, channelConfig };
}

function aacName(objectType: number): string {
  if (objectType === 42) return "xHE-AAC";
  return objectType === 23 || objectType === 39 ? "low-delay AAC" : `MPEG-4 audio type ${objectType}`;
}
