/** Building blocks of made sounds: mono samples at 16 kHz. */

import { SAMPLE_RATE_HZ } from "../../src/ser/decode/index.ts";
import type { Random } from "./random.ts";

/** Taps of the filter that colours noise: enough for the slope to hold above 150 Hz or so. */
const COLOUR_TAPS = 64;

/** Silence of a length in seconds. */
export function silence(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * SAMPLE_RATE_HZ));
}

/** A sound by its formula; `time` is in seconds. */
export function soundOf(seconds: number, sampleAt: (time: number) => number): Float32Array {
  return silence(seconds).map((_, i) => sampleAt(i / SAMPLE_RATE_HZ));
}

/**
 * Noise whose power falls by `decibels` per octave: 0 is white, 3 pink, 6 brown. RMS 1.
 * Kasdin 1995, "Discrete simulation of colored noise": an autoregressive filter for 1/f^α.
 */
export function colouredNoise(length: number, decibels: number, random: Random): Float32Array {
  const alpha = decibels / (10 * Math.log10(2));
  const taps: number[] = [1];
  for (let k = 1; k < COLOUR_TAPS; k++) taps.push(((k - 1 - alpha / 2) / k) * (taps[k - 1] ?? 0));
  const noise = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let sample = random.normal();
    for (let k = 1; k < COLOUR_TAPS && k <= i; k++) sample -= (taps[k] ?? 0) * (noise[i - k] ?? 0);
    noise[i] = sample;
  }
  return scaledTo(noise, 1);
}

/** Delays in ms of the four combs and two all-passes: those of Schroeder 1962. */
const COMBS_MS = [29.7, 37.1, 41.1, 43.7];
const ALL_PASSES_MS = [5, 1.7];
const ALL_PASS_GAIN = 0.7;

/**
 * A small room: the sound with its reverberation added.
 * @param rt60 seconds in which an echo falls by 60 dB
 * @param wetDb level of the reverberation against the sound
 */
export function reverberated(samples: Float32Array, rt60: number, wetDb: number): Float32Array {
  let wet: Float32Array = new Float32Array(samples.length);
  for (const ms of COMBS_MS) {
    const delay = samplesOf(ms);
    const gain = 10 ** ((-3 * ms) / 1000 / rt60);
    const comb = new Float32Array(samples.length);
    for (let i = delay; i < comb.length; i++) comb[i] = (samples[i - delay] ?? 0) + gain * (comb[i - delay] ?? 0);
    wet = wet.map((sample, i) => sample + (comb[i] ?? 0));
  }
  for (const ms of ALL_PASSES_MS) wet = allPass(wet, samplesOf(ms));
  return mixed(samples, scaledTo(wet, rms(samples) * 10 ** (wetDb / 20)));
}

function allPass(input: Float32Array, delay: number): Float32Array {
  const output = new Float32Array(input.length);
  for (let i = 0; i < input.length; i++) {
    output[i] = -ALL_PASS_GAIN * (input[i] ?? 0) + (input[i - delay] ?? 0) + ALL_PASS_GAIN * (output[i - delay] ?? 0);
  }
  return output;
}

/** A resonance at `hz` with a bandwidth in Hz, as of the mouth or a body: a two-pole filter. */
export function resonant(input: Float32Array, hz: number, bandwidthHz: number): Float32Array {
  const radius = Math.exp((-Math.PI * bandwidthHz) / SAMPLE_RATE_HZ);
  const turn = 2 * radius * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE_HZ);
  const output = new Float32Array(input.length);
  for (let i = 0; i < input.length; i++) {
    output[i] = (input[i] ?? 0) + turn * (output[i - 1] ?? 0) - radius * radius * (output[i - 2] ?? 0);
  }
  return output;
}

/** Two sounds at once, as long as the first. */
export function mixed(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((sample, i) => sample + (other[i] ?? 0));
}

/** Adds `part` into `whole` from a time on (seconds); what reaches beyond the end is cut. */
export function addAt(whole: Float32Array, part: Float32Array, seconds: number): void {
  const start = Math.round(seconds * SAMPLE_RATE_HZ);
  for (let i = Math.max(0, -start); i < part.length && start + i < whole.length; i++) {
    whole[start + i] = (whole[start + i] ?? 0) + (part[i] ?? 0);
  }
}

/** The sound with another root mean square; silence stays silence. */
export function scaledTo(samples: Float32Array, level: number): Float32Array {
  const factor = level / (rms(samples) || 1);
  return samples.map((sample) => sample * factor);
}

/** Root mean square. */
export function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / (samples.length || 1));
}

function samplesOf(ms: number): number {
  return Math.round((ms / 1000) * SAMPLE_RATE_HZ);
}
