/** The acoustic profile: pitch, volume, energy and spectrum of a clip, for people to look at. */

import { SAMPLE_RATE_HZ } from "../decode/index.ts";
import type { AcousticProfile, Contour } from "../reading.ts";
import { PITCH_HOP_MS, trackPitch } from "./pitch.ts";
import { FRAME, frameEnergy, SpectrumMeter } from "./spectrum.ts";

/** Pitch values for each level. */
const PITCHES_PER_LEVEL = 2;
/** Distance of levels, in ms. */
const LEVEL_HOP_MS = PITCHES_PER_LEVEL * PITCH_HOP_MS;
const LEVEL_HOP = (LEVEL_HOP_MS / 1000) * SAMPLE_RATE_HZ;
/** So many spectra are plenty for a mean, whatever the length. */
const SPECTRA = 60;
/** More points than a drawing has pixels for help nobody. */
const CONTOUR_POINTS = 240;
const FLOOR_DBFS = -100;
/** A frame has sound in it if it is louder than this, and not this far under the loudest. */
const QUIETEST_DBFS = -60;
const RANGE_DB = 40;

/** Measures mono samples at 16 kHz. */
export function acousticProfile(samples: Float32Array): AcousticProfile {
  const energies = frameEnergies(samples);
  const levels = energies.map((energy) => toDbfs(Math.sqrt(energy / FRAME)));
  const limit = Math.max(QUIETEST_DBFS, levels.reduce((a, b) => Math.max(a, b), FLOOR_DBFS) - RANGE_DB);
  const isSounding = (level: number) => (levels[level] ?? FLOOR_DBFS) >= limit;
  const sounding = [...levels.keys()].filter(isSounding);
  const sounds = (pitch: number) => isSounding(Math.floor(pitch / PITCHES_PER_LEVEL));
  // Where nothing sounds, periodicity is hum.
  const pitch = trackPitch(samples, sounds);
  const voiced = pitch.filter((value) => value !== null).toSorted((a, b) => a - b);
  const soundingPitchFrames = pitch.filter((_, i) => sounds(i)).length;
  const energy = mean(sounding.map((i) => energies[i] ?? 0));
  return {
    pitchHz:
      voiced.length === 0
        ? null
        : {
            median: round(quantile(voiced, 0.5)),
            low: round(quantile(voiced, 0.1)),
            high: round(quantile(voiced, 0.9)),
          },
    loudnessDbfs: round(toDbfs(Math.sqrt(energy / FRAME))),
    energy,
    brightnessHz: brightnessHz(samples, sounding, energies),
    voicedShare: soundingPitchFrames === 0 ? 0 : voiced.length / soundingPitchFrames,
    contour: contour(pitch, levels),
  };
}

function frameEnergies(samples: Float32Array): number[] {
  const energies: number[] = [];
  for (let start = 0; start + FRAME <= samples.length; start += LEVEL_HOP) energies.push(frameEnergy(samples, start));
  return energies;
}

/** Mean frequency over the sounding frames, weighted by their energies; null without any. */
function brightnessHz(samples: Float32Array, sounding: readonly number[], energies: readonly number[]): number | null {
  const step = Math.ceil(sounding.length / SPECTRA);
  const chosen = sounding.filter((_, i) => i % step === 0);
  const weight = chosen.reduce((sum, i) => sum + (energies[i] ?? 0), 0);
  if (weight === 0) return null;
  const meter = new SpectrumMeter();
  let sum = 0;
  for (let place = 0; place < chosen.length; place += 2) {
    const [first = 0, second] = chosen.slice(place, place + 2);
    const [ofFirst, ofSecond] = meter.centroidsHz(samples, first * LEVEL_HOP, (second ?? first) * LEVEL_HOP);
    sum += (energies[first] ?? 0) * ofFirst;
    if (second !== undefined) sum += (energies[second] ?? 0) * ofSecond;
  }
  return round(sum / weight);
}

/** Thins both tracks to the same `CONTOUR_POINTS` or fewer. */
function contour(pitch: readonly (number | null)[], levels: readonly number[]): Contour {
  const step = Math.max(1, Math.ceil(levels.length / CONTOUR_POINTS));
  const places = Array.from({ length: Math.ceil(levels.length / step) }, (_, i) => i * step);
  return {
    hopMs: step * LEVEL_HOP_MS,
    pitchHz: places.map((place) => {
      const voiced = pitch
        .slice(PITCHES_PER_LEVEL * place, PITCHES_PER_LEVEL * (place + step))
        .filter((value) => value !== null);
      return voiced.length === 0 ? null : round(mean(voiced));
    }),
    loudnessDbfs: places.map((place) => round(Math.max(...levels.slice(place, place + step)))),
  };
}

function toDbfs(rms: number): number {
  return Math.max(FLOOR_DBFS, 20 * Math.log10(rms || 1e-9));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** One decimal is more than anybody can hear. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
