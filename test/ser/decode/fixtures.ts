import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UserError } from "../../../src/errors.ts";
import type { DecodeLimits } from "../../../src/ser/decode/index.ts";

/** Limits that no fixture reaches. */
export const LIMITS: DecodeLimits = { maxDurationMs: 600_000, maxBytes: 10_000_000 };

/** The bytes of a file in test/fixtures. */
export function fixture(name: string): Uint8Array {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url)));
}

/** The UserError that a promise rejects with; fails on anything else. */
export async function userErrorOf(promise: Promise<unknown>): Promise<UserError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("It was accepted.");
}

/** Level of every 20 ms at 16 kHz, as root mean square. */
export function envelope(samples: Float32Array): number[] {
  const step = 320;
  return Array.from({ length: Math.floor(samples.length / step) }, (_, i) =>
    level(samples.subarray(i * step, (i + 1) * step)),
  );
}

/** Root mean square. */
export function level(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** Pearson's correlation over the common length. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  const mean = (values: readonly number[]): number => values.slice(0, length).reduce((x, y) => x + y, 0) / length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const [x, y] = [(a[i] ?? 0) - meanA, (b[i] ?? 0) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** The same five seconds of speech in containers and codecs of every kind. */
export const VOICES = [
  "voice.wav",
  "voice.ogg",
  "voice.webm",
  "voice.mka",
  "voice.mp3",
  "voice.m4a",
  "voice.aac",
  "voice.flac",
  "voice-vorbis.ogg",
  "voice-stereo44.m4a",
];
