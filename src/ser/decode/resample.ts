/** Any sample rate -> any other, without aliases: a polyphase filter of Kaiser-windowed sincs. */

import { concat } from "./concat.ts";
import { SAMPLE_RATE_HZ } from "./sample-rate.ts";

/** Half the filter's length in samples of the slower rate: a transition band of about 1 kHz at 16 kHz. */
const HALF_WIDTH = 40;
/** Where the filter is 6 dB down, relative to the slower rate's Nyquist frequency. */
const CUTOFF = 0.9375;
/** Kaiser window shape for 80 dB: 0.1102 (80 - 8.7), Kaiser's formula. */
const KAISER_BETA = 7.86;
/** Odd rates would need up to 16000 phases; the nearest of this many is off by less than -75 dB. */
const MAX_PHASES = 4096;

/** Samples at `fromHz` as they are at `toHz`; positive whole numbers. */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  const resampler = new Resampler(fromHz, toHz);
  return concat([resampler.push(samples), resampler.flush()]);
}

/** Resamples one channel as it comes in. Its output is aligned with its input: the filter's delay is taken out. */
export class Resampler {
  readonly #taps: number;
  readonly #phases: readonly Float32Array[];
  /** Output sample n stands at input position n * step / ticks. */
  readonly #step: number;
  readonly #ticks: number;
  #history: Float32Array;
  /** Next output's first tap in the history, and how far it is past it, in ticks. */
  #index = 0;
  #tick = 0;
  #received = 0;
  #emitted = 0;

  /**
   * @param fromHz the input's rate, a positive whole number (8000 to 192000 in practice)
   * @param toHz the output's rate; default 16 kHz
   */
  constructor(fromHz: number, toHz: number = SAMPLE_RATE_HZ) {
    const divisor = greatestCommonDivisor(fromHz, toHz);
    this.#step = fromHz / divisor;
    this.#ticks = toHz / divisor;
    const scale = Math.min(1, toHz / fromHz);
    const half = 2 * Math.ceil(HALF_WIDTH / scale / 2);
    this.#taps = 2 * half;
    const phases = Math.min(this.#ticks, MAX_PHASES);
    this.#phases = Array.from({ length: phases + 1 }, (_, phase) => filterPhase(phase / phases, half, scale));
    this.#history = new Float32Array(half - 1);
  }

  /** Takes input samples and gives the output that they complete. */
  push(input: Float32Array): Float32Array {
    this.#received += input.length;
    return this.#run(input, Number.POSITIVE_INFINITY);
  }

  /** Gives what is left at the end of the input. */
  flush(): Float32Array {
    const total = Math.round((this.#received * this.#ticks) / this.#step);
    return this.#run(new Float32Array(this.#taps + Math.ceil(this.#step / this.#ticks)), total - this.#emitted);
  }

  #run(input: Float32Array, limit: number): Float32Array {
    const buffer = new Float32Array(this.#history.length + input.length);
    buffer.set(this.#history);
    buffer.set(input, this.#history.length);
    const room = Math.max(0, Math.ceil(((buffer.length + 1) * this.#ticks) / this.#step));
    const output = new Float32Array(Math.min(room, Math.max(0, limit)));
    const perPhase = (this.#phases.length - 1) / this.#ticks;
    let count = 0;
    while (count < output.length && this.#index + this.#taps <= buffer.length) {
      const filter = this.#phases[Math.round(this.#tick * perPhase)];
      if (filter === undefined) break;
      output[count] = dot(filter, buffer, this.#index);
      count += 1;
      this.#tick += this.#step;
      const whole = Math.floor(this.#tick / this.#ticks);
      this.#index += whole;
      this.#tick -= whole * this.#ticks;
    }
    const used = Math.min(this.#index, buffer.length);
    this.#history = buffer.slice(used);
    this.#index -= used;
    this.#emitted += count;
    return output.subarray(0, count);
  }
}

/** Four sums at once: one alone would wait for itself. The number of taps is a multiple of four. */
function dot(filter: Float32Array, buffer: Float32Array, start: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0, at = start; i < filter.length; i += 4, at += 4) {
    a += (filter[i] ?? 0) * (buffer[at] ?? 0);
    b += (filter[i + 1] ?? 0) * (buffer[at + 1] ?? 0);
    c += (filter[i + 2] ?? 0) * (buffer[at + 2] ?? 0);
    d += (filter[i + 3] ?? 0) * (buffer[at + 3] ?? 0);
  }
  return a + b + c + d;
}

/** The filter for an output that stands `fraction` of an input sample past its middle tap; its gain is 1. */
function filterPhase(fraction: number, half: number, scale: number): Float32Array {
  const taps = Float32Array.from({ length: 2 * half }, (_, i) => {
    const distance = (i - (half - 1) - fraction) * scale;
    return sinc(distance * CUTOFF) * kaiser(distance / HALF_WIDTH);
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel0(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel0(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-10; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
