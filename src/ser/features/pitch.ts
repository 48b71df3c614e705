/**
 * Fundamental frequency by YIN: de Cheveigné & Kawahara 2002, "YIN, a fundamental frequency
 * estimator for speech and music". Steps 2 to 5 of the paper, at half the sample rate.
 */

import { SAMPLE_RATE_HZ } from "../decode/index.ts";

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
 * Returns one value in Hz every `PITCH_HOP_MS`; null where there is no periodic sound.
 */
export function trackPitch(samples: Float32Array): (number | null)[] {
  const halved = halve(samples);
  const frames = Math.max(0, Math.floor((halved.length - WINDOW - LONGEST_LAG) / HOP) + 1);
  const normalised = new Float64Array(LONGEST_LAG + 1);
  const track: (number | null)[] = [];
  for (let frame = 0; frame < frames; frame++) {
    normalisedDifference(halved, frame * HOP, normalised);
    const lag = firstDip(normalised);
    track.push(lag === null ? null : RATE_HZ / refine(normalised, lag));
  }
  return smooth(track);
}

/** Half the sample rate; the mean of neighbours is low-pass enough for what lies under 600 Hz. */
function halve(samples: Float32Array): Float32Array {
  const halved = new Float32Array(samples.length >> 1);
  for (let i = 0; i < halved.length; i++) halved[i] = ((samples[2 * i] ?? 0) + (samples[2 * i + 1] ?? 0)) / 2;
  return halved;
}

/** Cumulative mean normalised difference function (the paper's equation 8) of one frame, into `out`. */
function normalisedDifference(samples: Float32Array, start: number, out: Float64Array): void {
  let sum = 0;
  out[0] = 1;
  for (let lag = 1; lag <= LONGEST_LAG; lag++) {
    let difference = 0;
    for (let i = start; i < start + WINDOW; i++) {
      const delta = (samples[i] ?? 0) - (samples[i + lag] ?? 0);
      difference += delta * delta;
    }
    sum += difference;
    out[lag] = sum > 1e-9 ? (difference * lag) / sum : 1;
  }
}

/** The first lag under the limit, followed down to its local minimum; null in an unvoiced frame. */
function firstDip(normalised: Float64Array): number | null {
  for (let lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
    if ((normalised[lag] ?? 1) >= APERIODICITY_LIMIT) continue;
    while (lag < LONGEST_LAG && (normalised[lag + 1] ?? 1) < (normalised[lag] ?? 1)) lag++;
    return lag;
  }
  return null;
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
