/** Levels and spectra of frames. The only place that touches Meyda. */

import meyda from "meyda";
import { SAMPLE_RATE_HZ } from "../decode/index.ts";
import { Fft } from "./fft.ts";

/** Samples in a frame: 32 ms, and a power of two for the transform. */
export const FRAME = 512;

/** Energy of the frame of `FRAME` samples that begins at `start`: the sum of squares, full scale 1. */
export function frameEnergy(samples: Float32Array, start: number): number {
  let sum = 0;
  for (let i = start; i < start + FRAME; i++) sum += (samples[i] ?? 0) ** 2;
  return sum;
}

/** Measures spectra of frames. Meyda's own transform makes 50 KB of garbage for each frame, so it is given ours. */
export class SpectrumMeter {
  readonly #fft = new Fft(FRAME);
  readonly #window = Float64Array.from(
    { length: FRAME },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (FRAME - 1)),
  );
  readonly #real = new Float64Array(FRAME);
  readonly #imaginary = new Float64Array(FRAME);
  readonly #amplitudes = new Float32Array(FRAME / 2);

  /** Amplitude-weighted mean frequency (Hz) of the frame of `FRAME` samples that begins at `start`, Hann's window over it; 0 in silence. */
  centroidHz(samples: Float32Array, start: number): number {
    const [real, imaginary, amplitudes] = [this.#real, this.#imaginary, this.#amplitudes];
    for (let i = 0; i < FRAME; i++) real[i] = (samples[start + i] ?? 0) * (this.#window[i] ?? 0);
    imaginary.fill(0);
    this.#fft.transform(real, imaginary);
    for (let bin = 0; bin < amplitudes.length; bin++) {
      amplitudes[bin] = Math.sqrt((real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2);
    }
    // Meyda counts in bins of the spectrum, and gives NaN for silence.
    const bins = meyda.featureExtractors.spectralCentroid({ ampSpectrum: amplitudes });
    return Number.isFinite(bins) ? (bins * SAMPLE_RATE_HZ) / FRAME : 0;
  }
}
