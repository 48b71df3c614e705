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
    // Both are real, so one transform does for two: the window as the real part, the whole frame as the imaginary one.
    const [real, imaginary] = this.#spectrum;
    const frame = samples.subarray(start, start + this.#length);
    real.fill(0);
    real.set(frame.subarray(0, this.#window));
    imaginary.fill(0);
    imaginary.set(frame);
    this.#fft.transform(real, imaginary);
    this.#multiply();
    this.#fft.transform(this.#imaginary, this.products);
  }

  /** The conjugate of the window's spectrum times the frame's. */
  #multiply(): void {
    const { size } = this.#fft;
    const [real, imaginary] = this.#spectrum;
    const products = this.products;
    const productsImaginary = this.#imaginary;
    const scale = 1 / (4 * size);
    // Both sides of the spectrum at once, as one is the other's conjugate.
    for (let k = 0, mirrored = 0; k <= size >> 1; k++, mirrored = size - k) {
      const a = real[k] ?? 0;
      const b = imaginary[k] ?? 0;
      const c = real[mirrored] ?? 0;
      const d = imaginary[mirrored] ?? 0;
      // The window's spectrum is (a + c, b - d) / 2, the frame's (b + d, c - a) / 2.
      const product = ((a + c) * (b + d) + (b - d) * (c - a)) * scale;
      const productImaginary = ((a + c) * (c - a) - (b - d) * (b + d)) * scale;
      products[k] = product;
      products[mirrored] = product;
      productsImaginary[k] = productImaginary;
      productsImaginary[mirrored] = -productImaginary;
    }
  }
}
