/** Audio bytes of any supported kind -> mono samples at 16 kHz, bounded in memory and length. */

import { tooLarge, UserError } from "../../errors.ts";
import { decodeAdts } from "./aac.ts";
import { decodeFlac } from "./flac.ts";
import { decodeMatroska } from "./matroska.ts";
import { decodeMp3 } from "./mp3.ts";
import { decodeMp4 } from "./mp4.ts";
import { decodeOgg } from "./ogg-file.ts";
import { PcmSink } from "./pcm-sink.ts";
import type { Reader, ReadResult } from "./reader.ts";
import { SAMPLE_RATE_HZ } from "./sample-rate.ts";
import { type Container, sniff } from "./sniff.ts";
import { decodeWav } from "./wav.ts";

export { concat } from "./concat.ts";
export { release } from "./release.ts";
export { resample } from "./resample.ts";
export { SAMPLE_RATE_HZ } from "./sample-rate.ts";

/** What may be decoded at most. */
export interface DecodeLimits {
  readonly maxDurationMs: number;
  readonly maxBytes: number;
}

/** Decoded audio: `samples` are mono at `SAMPLE_RATE_HZ`, finite, mostly within -1..1. */
export interface DecodedAudio {
  readonly samples: Float32Array;
  readonly durationMs: number;
  /** Container and codec as people call them, such as "Ogg/Opus". */
  readonly format: string;
}

/** Of a damaged file at least this much must be readable, else it counts as not readable at all. */
const MIN_SALVAGED_MS = 300;

const READERS: Readonly<Record<Container, Reader>> = {
  ogg: decodeOgg,
  wav: decodeWav,
  flac: decodeFlac,
  matroska: decodeMatroska,
  mp4: decodeMp4,
  mp3: decodeMp3,
  adts: decodeAdts,
};

/**
 * Decodes a whole file. What it is is told by its content.
 * @throws UserError `empty`, `too-large`, `too-long`, `not-audio`, `no-audio-track`, `unsupported-codec`, `damaged`
 */
export async function decode(bytes: Uint8Array, limits: DecodeLimits): Promise<DecodedAudio> {
  if (bytes.length === 0) throw new UserError("empty");
  if (bytes.length > limits.maxBytes) throw tooLarge(limits.maxBytes);
  const container = sniff(bytes);
  if (container === undefined) throw new UserError("not-audio");
  const sink = new PcmSink(limits.maxDurationMs);
  const { format, intact } = await read(container, bytes, sink);
  const samples = sink.finish();
  const durationMs = (samples.length / SAMPLE_RATE_HZ) * 1000;
  if (!intact && durationMs < MIN_SALVAGED_MS) throw new UserError("damaged");
  if (samples.length === 0) throw new UserError("empty");
  return { samples, durationMs, format };
}

/** Whatever a decoder throws at bad bytes means that they are damaged from there on. */
async function read(container: Container, bytes: Uint8Array, sink: PcmSink): Promise<ReadResult> {
  try {
    return await READERS[container](bytes, sink);
  } catch (error) {
    if (error instanceof UserError) throw error;
    return { format: container, intact: false };
  }
}
