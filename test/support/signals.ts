/** Test signals: mono samples at 16 kHz. */

import { concat as joined } from "../../src/ser/decode/index.ts";

const RATE_HZ = 16_000;

function generate(seconds: number, sampleAt: (time: number) => number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * RATE_HZ) }, (_, i) => sampleAt(i / RATE_HZ));
}

/** A tone; with `harmonics`, like a voice, each 6 dB under the one before. */
export function sine(
  hz: number,
  seconds: number,
  options: { amplitude?: number; harmonics?: number } = {},
): Float32Array {
  const { amplitude = 0.5, harmonics = 1 } = options;
  return generate(seconds, (time) => {
    let sum = 0;
    for (let k = 1; k <= harmonics && k * hz < RATE_HZ / 2; k++) sum += Math.sin(2 * Math.PI * k * hz * time) / 2 ** k;
    return amplitude * sum * (harmonics === 1 ? 2 : 1);
  });
}

/** A voice-like tone whose pitch moves linearly. */
export function glide(fromHz: number, toHz: number, seconds: number): Float32Array {
  return generate(seconds, (time) => {
    const phase = 2 * Math.PI * (fromHz * time + ((toHz - fromHz) * time * time) / (2 * seconds));
    return 0.3 * Math.sin(phase) + 0.15 * Math.sin(2 * phase) + 0.08 * Math.sin(3 * phase);
  });
}

/** White noise from a fixed seed. */
export function noise(seconds: number, amplitude = 0.1): Float32Array {
  let state = 12_345;
  return generate(seconds, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (amplitude * state) / 2 ** 31;
  });
}

/** Digital silence. */
export function silence(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * RATE_HZ));
}

/** One signal after another. */
export function concat(...parts: Float32Array[]): Float32Array {
  return joined(parts);
}
