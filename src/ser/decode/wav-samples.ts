/** How one sample is stored in a WAV file. */

import { UserError } from "../../errors.ts";

/** Reads the sample at `offset`, scaled to -1..1. */
export type SampleReader = (view: DataView, offset: number) => number;

/** Format tags of Microsoft's mmreg.h. */
const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
const OTHER_TAGS: Readonly<Record<number, string>> = {
  2: "ADPCM",
  17: "ADPCM",
  49: "GSM 6.10",
  80: "MP2 in WAV",
  85: "MP3 in WAV",
  255: "AAC in WAV",
};

const PCM_READERS: Readonly<Record<number, SampleReader>> = {
  8: (view, offset) => (view.getUint8(offset) - 128) / 128,
  16: (view, offset) => view.getInt16(offset, true) / 32_768,
  24: (view, offset) => (view.getInt16(offset + 1, true) * 256 + view.getUint8(offset)) / 8_388_608,
  32: (view, offset) => view.getInt32(offset, true) / 2_147_483_648,
};
const FLOAT_READERS: Readonly<Record<number, SampleReader>> = {
  32: (view, offset) => view.getFloat32(offset, true),
  64: (view, offset) => view.getFloat64(offset, true),
};

/**
 * How to read samples of a format tag and width.
 * @throws UserError `unsupported-codec` for other tags, `damaged` for a width that the tag can't have
 */
export function wavSampleReader(tag: number, bits: number): { read: SampleReader; sampleBytes: number } {
  const read = readerOf(tag, bits);
  if (read === undefined) throw new UserError("damaged");
  return { read, sampleBytes: tag === A_LAW || tag === MU_LAW ? 1 : bits / 8 };
}

function readerOf(tag: number, bits: number): SampleReader | undefined {
  if (tag === PCM) return PCM_READERS[bits];
  if (tag === FLOAT) return FLOAT_READERS[bits];
  if (tag === A_LAW) return (view, offset) => aLaw(view.getUint8(offset));
  if (tag === MU_LAW) return (view, offset) => muLaw(view.getUint8(offset));
  if (tag === 0) return undefined;
  throw new UserError("unsupported-codec", { codec: OTHER_TAGS[tag] ?? `WAV format ${tag}` });
}

/** ITU-T G.711, A-law. */
function aLaw(code: number): number {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 15) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return ((bits & 0x80) === 0 ? -size : size) / 32_768;
}

/** ITU-T G.711, mu-law. */
function muLaw(code: number): number {
  const bits = ~code & 0xff;
  const size = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return ((bits & 0x80) === 0 ? size : -size) / 32_768;
}
