/** The acoustic profile: pitch, volume, energy and spectrum of a clip, for people to look at. */

import { SAMPLE_RATE_HZ } from "../decode/index.ts";
import type { AcousticProfile, Contour } from "../reading.ts";
import { PITCH_HOP_MS, trackPitch } from "./pitch.ts";
import { type FrameFeatures, measureFrame, SPECTRUM_FRAME } from "./spectrum.ts";

/** A spectrum for every other pitch value is plenty for averages, */
const SHORTEST_HOP_MS = 2 * PITCH_HOP_MS;
/** and so many of them for any length: Meyda is slow. */
const SPECTRA = 480;
/** More points than a drawing has pixels for help nobody. */
const CONTOUR_POINTS = 240;
const FLOOR_DBFS = -100;
/** A frame has sound in it if it is louder than this, and not this far under the loudest. */
const QUIETEST_DBFS = -60;
const RANGE_DB = 40;

/** Measures mono samples at 16 kHz. */
export function acousticProfile(samples: Float32Array): AcousticProfile {
  const hopMs = hopFor(samples.length);
  const frames = measureFrames(samples, hopMs);
  const levels = frames.map((frame) => toDbfs(frame.rms));
  const limit = Math.max(QUIETEST_DBFS, levels.reduce((a, b) => Math.max(a, b), FLOOR_DBFS) - RANGE_DB);
  const sounding = frames.filter((_, i) => (levels[i] ?? FLOOR_DBFS) >= limit);
  const sounds = (i: number) => (levels[Math.floor((i * PITCH_HOP_MS) / hopMs)] ?? FLOOR_DBFS) >= limit;
  // Where nothing sounds, periodicity is hum.
  const pitch = trackPitch(samples, sounds);
  const voiced = pitch.filter((value) => value !== null).toSorted((a, b) => a - b);
  const soundingPitchFrames = pitch.filter((_, i) => sounds(i)).length;
  const energy = mean(sounding.map((frame) => frame.energy));
  const weighted = sounding.reduce((sum, frame) => sum + frame.energy * frame.centroidHz, 0);
  return {
    pitchHz:
      voiced.length === 0
        ? null
        : {
            median: round(quantile(voiced, 0.5)),
            low: round(quantile(voiced, 0.1)),
            high: round(quantile(voiced, 0.9)),
          },
    loudnessDbfs: round(toDbfs(Math.sqrt(mean(sounding.map((frame) => frame.rms ** 2))))),
    energy,
    brightnessHz: sounding.length === 0 ? null : round(weighted / (energy * sounding.length)),
    voicedShare: soundingPitchFrames === 0 ? 0 : voiced.length / soundingPitchFrames,
    contour: contour(pitch, levels, hopMs),
  };
}

/** Distance of the spectra of a clip, in ms: a multiple of the shortest. */
function hopFor(length: number): number {
  const durationMs = (length / SAMPLE_RATE_HZ) * 1000;
  return SHORTEST_HOP_MS * Math.max(1, Math.ceil(durationMs / SHORTEST_HOP_MS / SPECTRA));
}

function measureFrames(samples: Float32Array, hopMs: number): FrameFeatures[] {
  const frames: FrameFeatures[] = [];
  const hop = (hopMs / 1000) * SAMPLE_RATE_HZ;
  for (let start = 0; start + SPECTRUM_FRAME <= samples.length; start += hop) {
    frames.push(measureFrame(samples.subarray(start, start + SPECTRUM_FRAME)));
  }
  return frames;
}

/** Thins both tracks to the same `CONTOUR_POINTS` or fewer. */
function contour(pitch: readonly (number | null)[], levels: readonly number[], levelHopMs: number): Contour {
  const ratio = levelHopMs / PITCH_HOP_MS;
  const step = Math.max(1, Math.ceil(levels.length / CONTOUR_POINTS));
  const places = Array.from({ length: Math.ceil(levels.length / step) }, (_, i) => i * step);
  return {
    hopMs: step * levelHopMs,
    pitchHz: places.map((place) => {
      const voiced = pitch.slice(ratio * place, ratio * (place + step)).filter((value) => value !== null);
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
