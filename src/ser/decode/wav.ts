/** WAV: PCM of any usual width, floats, A-law and mu-law. */

import { UserError } from "../../errors.ts";
import { ascii, uint16le, uint32le } from "./bytes.ts";
import type { Reader } from "./reader.ts";
import { type SampleReader, wavSampleReader } from "./wav-samples.ts";

const RIFF_HEADER_LENGTH = 12;
const CHUNK_HEADER_LENGTH = 8;
/** More channels than any recorder has are a damaged header. */
const MAX_CHANNELS = 64;
const PIECE_FRAMES = 16_384;

interface WavFormat {
  readonly read: SampleReader;
  readonly sampleBytes: number;
  readonly channels: number;
  readonly rateHz: number;
}

/** Reads a WAV file. */
export const decodeWav: Reader = async (bytes, sink) => {
  let format: WavFormat | undefined;
  for (let offset = RIFF_HEADER_LENGTH; offset + CHUNK_HEADER_LENGTH <= bytes.length; ) {
    const size = uint32le(bytes, offset + 4);
    const start = offset + CHUNK_HEADER_LENGTH;
    const name = ascii(bytes, offset, 4);
    if (name === "fmt ") format = wavFormat(bytes, start);
    if (name === "data") {
      if (format === undefined) break;
      // A size of 0 or of nearly 4 GB is what recorders write that don't know it yet.
      const end = size === 0 ? bytes.length : Math.min(bytes.length, start + size);
      for (const piece of deinterleave(bytes.subarray(start, end), format)) sink.write(piece, format.rateHz);
      return { format: "WAV", intact: end > start ? start + size <= bytes.length : true };
    }
    offset = start + size + (size % 2);
  }
  return { format: "WAV", intact: false };
};

function wavFormat(bytes: Uint8Array, start: number): WavFormat {
  const channels = uint16le(bytes, start + 2);
  const rateHz = uint32le(bytes, start + 4);
  const bits = uint16le(bytes, start + 14);
  const tag = uint16le(bytes, start);
  // WAVE_FORMAT_EXTENSIBLE: the real tag begins the sub-format.
  const sample = wavSampleReader(tag === 0xfffe ? uint16le(bytes, start + 24) : tag, bits);
  if (channels === 0 || channels > MAX_CHANNELS) throw new UserError("damaged");
  return { ...sample, channels, rateHz };
}

function* deinterleave(data: Uint8Array, format: WavFormat): Generator<Float32Array[]> {
  const { channels, sampleBytes, read } = format;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const frameBytes = channels * sampleBytes;
  const frames = Math.floor(data.length / frameBytes);
  for (let first = 0; first < frames; first += PIECE_FRAMES) {
    const length = Math.min(PIECE_FRAMES, frames - first);
    yield Array.from({ length: channels }, (_, channel) => {
      const samples = new Float32Array(length);
      for (let i = 0; i < length; i++) samples[i] = read(view, (first + i) * frameBytes + channel * sampleBytes);
      return samples;
    });
  }
}
