/** How alike a stretch of samples is to what comes after it, for many lags at once. */

import { Fft } from "./fft.ts";

/**
 * Correlates the first `window` samples of a frame with those from each lag on, by way of the spectrum: a tenth of the
 * work of multiplying them out.
 */
export class Correlation {
  /** By lag: the sum of products. Overwritten by the next frame. */
  readonly products: Float64Array;
  readonly #window: number;
  readonly #length: number;
  readonly #fft: Fft;
  readonly #imaginary: Float64Array;
  readonly #spectrum: readonly [Float64Array, Float64Array];

  /** @param window samples that are compared @param longestLag the last lag of interest */
  constructor(window: number, longestLag: number) {
    this.#window = window;
    this.#length = window + longestLag;
    // Large enough that what is cut off at the end doesn't come in at the start again.
    const size = 2 ** Math.ceil(Math.log2(this.#length));
    this.#fft = new Fft(size);
    this.products = new Float64Array(size);
    this.#imaginary = new Float64Array(size);
    this.#spectrum = [new Float64Array(size), new Float64Array(size)];
  }

  /** Fills `products` for the frame that begins at `start`. */
  measure(samples: Float32Array, start: number): void {
    const { size } = this.#fft;
    // Both are real, so one transform does for two: the window as the real part, the whole frame as the imaginary one.
    const [real, imaginary] = this.#spectrum;
    for (let i = 0; i < size; i++) {
      const sample = i < this.#length ? (samples[start + i] ?? 0) : 0;
      real[i] = i < this.#window ? sample : 0;
      imaginary[i] = sample;
    }
    this.#fft.transform(real, imaginary);
    const products = this.products;
    const productsImaginary = this.#imaginary;
    for (let k = 0; k < size; k++) {
      const mirrored = (size - k) & (size - 1);
      const a = real[k] ?? 0;
      const b = imaginary[k] ?? 0;
      const c = real[mirrored] ?? 0;
      const d = imaginary[mirrored] ?? 0;
      // The window's spectrum is (a + c, b - d) / 2, the frame's (b + d, c - a) / 2: conjugate of one times the other.
      products[k] = ((a + c) * (b + d) + (b - d) * (c - a)) / (4 * size);
      productsImaginary[k] = ((a + c) * (c - a) - (b - d) * (b + d)) / (4 * size);
    }
    this.#fft.transform(productsImaginary, products);
  }
}
