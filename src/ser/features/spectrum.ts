/** Levels and spectra of frames. The only place that touches Meyda, whose settings are global: one configuration for all. */

import meyda from "meyda";
import { SAMPLE_RATE_HZ } from "../decode/index.ts";

/** Samples in a frame; Meyda needs a power of two. 32 ms. */
export const FRAME = 512;

meyda.bufferSize = FRAME;
meyda.sampleRate = SAMPLE_RATE_HZ;

/** Energy of the frame of `FRAME` samples that begins at `start`: the sum of squares, full scale 1. */
export function frameEnergy(samples: Float32Array, start: number): number {
  let sum = 0;
  for (let i = start; i < start + FRAME; i++) sum += (samples[i] ?? 0) ** 2;
  return sum;
}

/** Amplitude-weighted mean frequency of that frame, in Hz; 0 in silence. */
export function frameCentroidHz(samples: Float32Array, start: number): number {
  const features = meyda.extract(["spectralCentroid"], samples.subarray(start, start + FRAME));
  // Meyda counts in bins of the spectrum, and gives NaN for silence.
  const bins = features?.spectralCentroid ?? 0;
  return Number.isFinite(bins) ? (bins * SAMPLE_RATE_HZ) / FRAME : 0;
}
