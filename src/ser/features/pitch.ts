/**
 * Fundamental frequency by YIN: de Cheveigné & Kawahara 2002, "YIN, a fundamental frequency
 * estimator for speech and music". Steps 2 to 5 of the paper, at half the sample rate.
 */

import { SAMPLE_RATE_HZ } from "../decode/index.ts";
import { Correlation } from "./correlation.ts";

const RATE_HZ = SAMPLE_RATE_HZ / 2;
const LOWEST_HZ = 60;
const HIGHEST_HZ = 600;
const SHORTEST_LAG = Math.floor(RATE_HZ / HIGHEST_HZ);
const LONGEST_LAG = Math.ceil(RATE_HZ / LOWEST_HZ);
/** Integration window: 32 ms holds two periods of a low voice. */
const WINDOW = 256;
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
  const frames = Math.max(0, Math.floor((halved.length - WINDOW - LONGEST_LAG) / HOP) + 1);
  const correlation = new Correlation(WINDOW, LONGEST_LAG);
  const normalised = new Float64Array(LONGEST_LAG + 1);
  const track = new Array<number | null>(frames).fill(null);
  const wanted = [...track.keys()].filter(isWanted);
  const pitchOf = (frame: number, products: Float64Array) => {
    const lag = firstDip(halved, frame * HOP, products, normalised);
    return lag === null ? null : RATE_HZ / refine(normalised, lag);
  };
  for (let place = 0; place < wanted.length; place += 2) {
    const [first = 0, second = first] = wanted.slice(place, place + 2);
    correlation.measure(halved, first * HOP, second * HOP);
    const [products, productsOfSecond] = correlation.products;
    track[first] = pitchOf(first, products);
    track[second] = pitchOf(second, productsOfSecond);
  }
  return smooth(track);
}

/** Half the sample rate; the mean of neighbours is low-pass enough for what lies under 600 Hz. */
function halve(samples: Float32Array): Float32Array {
  const halved = new Float32Array(samples.length >> 1);
  for (let i = 0; i < halved.length; i++) halved[i] = ((samples[2 * i] ?? 0) + (samples[2 * i + 1] ?? 0)) / 2;
  return halved;
}

/**
 * The first dip of one frame's cumulative mean normalised difference (the paper's equation 8) that is under the limit,
 * followed down to its local minimum: a lag, or null in an unvoiced frame. `normalised` gets the values of all lags up
 * to the one after it.
 */
function firstDip(
  samples: Float32Array,
  start: number,
  products: Float64Array,
  normalised: Float64Array,
): number | null {
  const energy = products[0] ?? 0;
  let lagged = energy;
  let sum = 0;
  let before = 1;
  normalised[0] = 1;
  for (let lag = 1; lag <= LONGEST_LAG; lag++) {
    lagged += (samples[start + lag + WINDOW - 1] ?? 0) ** 2 - (samples[start + lag - 1] ?? 0) ** 2;
    // Equation 7: the squared difference of both is what their energies have over their products.
    const difference = Math.max(0, energy + lagged - 2 * (products[lag] ?? 0));
    sum += difference;
    const value = sum > 1e-9 ? (difference * lag) / sum : 1;
    normalised[lag] = value;
    if (lag > SHORTEST_LAG && before < APERIODICITY_LIMIT && value >= before) return lag - 1;
    before = value;
  }
  return before < APERIODICITY_LIMIT ? LONGEST_LAG : null;
}

/** Parabolic interpolation between whole lags. */
function refine(normalised: Float64Array, lag: number): number {
  const before = normalised[lag - 1] ?? 1;
  const here = normalised[lag] ?? 1;
  const after = normalised[lag + 1] ?? before;
  const curvature = before - 2 * here + after;
  return curvature > 0 ? lag + (before - after) / (2 * curvature) : lag;
}

/** Median of three: takes away lone octave errors and lone voiced frames. */
function smooth(track: readonly (number | null)[]): (number | null)[] {
  return track.map((pitch, i) => {
    const voiced = [track[i - 1], pitch, track[i + 1]].filter((value) => typeof value === "number");
    if (pitch === null || voiced.length < 2) return null;
    return voiced.length === 3 ? (voiced.toSorted((a, b) => a - b)[1] ?? null) : pitch;
  });
}
