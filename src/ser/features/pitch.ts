/**
 * Fundamental frequency by YIN: de Cheveigné & Kawahara 2002, "YIN, a fundamental frequency
 * estimator for speech and music". Its period is sought at a quarter of the sample rate and made exact at half of it,
 * as Talkin does (1995, "A robust algorithm for pitch tracking").
 */

import { release, SAMPLE_RATE_HZ } from "../decode/index.ts";
import { Correlation } from "./correlation.ts";

const RATE_HZ = SAMPLE_RATE_HZ / 4;
const LOWEST_HZ = 60;
const HIGHEST_HZ = 600;
const SHORTEST_LAG = Math.floor(RATE_HZ / HIGHEST_HZ);
const LONGEST_LAG = Math.ceil(RATE_HZ / LOWEST_HZ);
/** Integration window: 32 ms holds two periods of a low voice. */
const WINDOW = 128;
/** The paper's absolute threshold; above it a frame is unvoiced. */
const APERIODICITY_LIMIT = 0.15;

/** Distance of pitch values in ms. */
export const PITCH_HOP_MS = 20;
const HOP = (PITCH_HOP_MS / 1000) * RATE_HZ;

/**
 * Tracks the pitch of mono samples at 16 kHz.
 * @param isWanted whether a frame is looked at; others are taken as unvoiced
 * @returns one value in Hz every `PITCH_HOP_MS`; null where there is no periodic sound
 */
export function trackPitch(
  samples: Float32Array,
  isWanted: (frame: number) => boolean = () => true,
): (number | null)[] {
  const halved = halve(samples);
  const quartered = decimate(halved);
  const frames = Math.max(0, Math.floor((quartered.length - WINDOW - LONGEST_LAG) / HOP) + 1);
  const correlation = new Correlation(WINDOW, LONGEST_LAG);
  const track = new Array<number | null>(frames).fill(null);
  const wanted = [...track.keys()].filter(isWanted);
  const pitchOf = (frame: number, products: Float64Array) => {
    const lag = firstDip(quartered, frame * HOP, products);
    return lag === null ? null : (2 * RATE_HZ) / refine(halved, 2 * frame * HOP, lag);
  };
  for (let place = 0; place < wanted.length; place += 2) {
    const [first = 0, second = first] = wanted.slice(place, place + 2);
    correlation.measure(quartered, first * HOP, second * HOP);
    const [products, productsOfSecond] = correlation.products;
    track[first] = pitchOf(first, products);
    track[second] = pitchOf(second, productsOfSecond);
  }
  release([halved, quartered]);
  return smooth(track);
}

/** Half the sample rate; the mean of neighbours is low-pass enough for what lies under 600 Hz. */
function halve(samples: Float32Array): Float32Array {
  const halved = new Float32Array(samples.length >> 1);
  for (let i = 0; i < halved.length; i++) halved[i] = ((samples[2 * i] ?? 0) + (samples[2 * i + 1] ?? 0)) / 2;
  return halved;
}

/**
 * Half the rate again. A voice has much between 2 and 4 kHz, so a binomial low-pass comes before: 9 dB at the edge,
 * 25 at 3 kHz. The first and the last sample, which lack neighbours, stay 0.
 */
function decimate(samples: Float32Array): Float32Array {
  const decimated = new Float32Array(samples.length >> 1);
  for (let i = 1; i < decimated.length - 1; i++) {
    const inner = (samples[2 * i] ?? 0) + (samples[2 * i + 1] ?? 0);
    const outer = (samples[2 * i - 1] ?? 0) + (samples[2 * i + 2] ?? 0);
    decimated[i] = (3 * inner + outer) / 8;
  }
  return decimated;
}

/**
 * The first dip of one frame's cumulative mean normalised difference (the paper's equation 8) that is under the limit,
 * followed down to its local minimum: a lag, or null in an unvoiced frame.
 */
function firstDip(samples: Float32Array, start: number, products: Float64Array): number | null {
  const energy = products[0] ?? 0;
  let lagged = energy;
  let sum = 0;
  let before = 1;
  for (let lag = 1; lag <= LONGEST_LAG; lag++) {
    lagged += (samples[start + lag + WINDOW - 1] ?? 0) ** 2 - (samples[start + lag - 1] ?? 0) ** 2;
    // Equation 7: the squared difference of both is what their energies have over their products.
    const difference = Math.max(0, energy + lagged - 2 * (products[lag] ?? 0));
    sum += difference;
    const value = sum > 1e-9 ? (difference * lag) / sum : 1;
    if (lag > SHORTEST_LAG && before < APERIODICITY_LIMIT && value >= before) return lag - 1;
    before = value;
  }
  return before < APERIODICITY_LIMIT ? LONGEST_LAG : null;
}

/**
 * A frame's period in samples at twice the rate, where it begins at `start`: where the squared difference (the paper's
 * equation 6) is least near twice a lag, by a parabola between whole lags.
 */
function refine(samples: Float32Array, start: number, lag: number): number {
  let middle = 2 * lag;
  let before = squaredDifference(samples, start, middle - 1);
  let here = squaredDifference(samples, start, middle);
  let after = squaredDifference(samples, start, middle + 1);
  if (before < Math.min(here, after)) {
    [before, here, after] = [squaredDifference(samples, start, middle - 2), before, here];
    middle -= 1;
  } else if (after < Math.min(before, here)) {
    [before, here, after] = [here, after, squaredDifference(samples, start, middle + 2)];
    middle += 1;
  }
  const curvature = before - 2 * here + after;
  // Where the dip lies further off, its edge is as near as one gets.
  return curvature > 0 ? middle + Math.max(-1, Math.min(1, (before - after) / (2 * curvature))) : middle;
}

/** Of a window of 32 ms at twice the rate from what comes `lag` samples later; two sums at once, as one would wait for itself. */
function squaredDifference(samples: Float32Array, start: number, lag: number): number {
  let [even, odd] = [0, 0];
  for (let i = start; i < start + 2 * WINDOW; i += 2) {
    const difference = (samples[i] ?? 0) - (samples[i + lag] ?? 0);
    const next = (samples[i + 1] ?? 0) - (samples[i + lag + 1] ?? 0);
    even += difference * difference;
    odd += next * next;
  }
  return even + odd;
}

/** Median of three: takes away lone octave errors and lone voiced frames. */
function smooth(track: readonly (number | null)[]): (number | null)[] {
  return track.map((pitch, i) => {
    const voiced = [track[i - 1], pitch, track[i + 1]].filter((value) => typeof value === "number");
    if (pitch === null || voiced.length < 2) return null;
    return voiced.length === 3 ? (voiced.toSorted((a, b) => a - b)[1] ?? null) : pitch;
  });
}
