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
  readonly #amplitudes = [new Float32Array(FRAME / 2), new Float32Array(FRAME / 2)] as const;

  /**
   * Amplitude-weighted mean frequencies (Hz) of the frames of `FRAME` samples that begin at `first` and `second`, Hann's window
   * over them; 0 in silence. Both frames are real, so one transform does for two.
   */
  centroidsHz(samples: Float32Array, first: number, second: number): readonly [first: number, second: number] {
    const [real, imaginary] = [this.#real, this.#imaginary];
    for (let i = 0; i < FRAME; i++) {
      const weight = this.#window[i] ?? 0;
      real[i] = (samples[first + i] ?? 0) * weight;
      imaginary[i] = (samples[second + i] ?? 0) * weight;
    }
    this.#fft.transform(real, imaginary);
    const [ofFirst, ofSecond] = this.#amplitudes;
    for (let bin = 0, mirrored = 0; bin < FRAME / 2; bin++, mirrored = FRAME - bin) {
      const a = real[bin] ?? 0;
      const b = imaginary[bin] ?? 0;
      const c = real[mirrored] ?? 0;
      const d = imaginary[mirrored] ?? 0;
      // The first frame's spectrum is (a + c, b - d) / 2, the second's (b + d, c - a) / 2.
      ofFirst[bin] = Math.sqrt((a + c) ** 2 + (b - d) ** 2) / 2;
      ofSecond[bin] = Math.sqrt((b + d) ** 2 + (c - a) ** 2) / 2;
    }
    return [centroidHz(ofFirst), centroidHz(ofSecond)];
  }
}

/** Meyda counts in bins of the spectrum, and gives NaN for silence. */
function centroidHz(ampSpectrum: Float32Array): number {
  const bins = meyda.featureExtractors.spectralCentroid({ ampSpectrum });
  return Number.isFinite(bins) ? (bins * SAMPLE_RATE_HZ) / FRAME : 0;
}
