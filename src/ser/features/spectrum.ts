/** The only place that touches Meyda, whose settings are global: one configuration for all. */

import meyda from "meyda";
import { SAMPLE_RATE_HZ } from "../decode/index.ts";

/** Samples in a frame; Meyda needs a power of two. 32 ms. */
export const SPECTRUM_FRAME = 512;

meyda.bufferSize = SPECTRUM_FRAME;
meyda.sampleRate = SAMPLE_RATE_HZ;

/** Meyda multiplies each frame by a Hann window first, which keeps this share of a signal's power. */
const HANN_POWER = 0.375;

/** What a frame's spectrum and level are. */
export interface FrameFeatures {
  /** Root mean square, full scale 1. */
  readonly rms: number;
  /** Sum of squares of the samples, full scale 1. */
  readonly energy: number;
  /** Amplitude-weighted mean frequency, Hz; 0 in silence. */
  readonly centroidHz: number;
}

/** Measures one frame of `SPECTRUM_FRAME` samples. */
export function measureFrame(frame: Float32Array): FrameFeatures {
  const features = meyda.extract(["rms", "energy", "spectralCentroid"], frame);
  // Meyda counts the centroid in bins of the spectrum, and gives NaN for silence.
  const bins = features?.spectralCentroid ?? 0;
  return {
    rms: Math.sqrt((features?.rms ?? 0) ** 2 / HANN_POWER),
    energy: (features?.energy ?? 0) / HANN_POWER,
    centroidHz: Number.isFinite(bins) ? (bins * SAMPLE_RATE_HZ) / SPECTRUM_FRAME : 0,
  };
}
