/** How alike a stretch of samples is to what comes after it, for many lags at once. */

import { Fft } from "./fft.ts";

/**
 * Correlates the first `window` samples of a frame with those from each lag on, by way of the spectrum: a tenth of the
 * work of multiplying them out. Takes two frames at once, as their products are real and one inverse transform does for both.
 */
export class Correlation {
  /** By lag: the sums of products of the first frame and of the second. Overwritten by the next two. */
  readonly products: readonly [first: Float64Array, second: Float64Array];
  readonly #window: number;
  readonly #length: number;
  readonly #fft: Fft;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;

  /** @param window samples that are compared @param longestLag the last lag of interest */
  constructor(window: number, longestLag: number) {
    this.#window = window;
    this.#length = window + longestLag;
    // Large enough that what is cut off at the end doesn't come in at the start again.
    const size = 2 ** Math.ceil(Math.log2(this.#length));
    this.#fft = new Fft(size);
    this.#real = new Float64Array(size);
    this.#imaginary = new Float64Array(size);
    this.products = [new Float64Array(size), new Float64Array(size)];
  }

  /** Fills `products` for the frames that begin at `first` and `second`. */
  measure(samples: Float32Array, first: number, second: number): void {
    const [real, imaginary] = this.products;
    real.fill(0);
    imaginary.fill(0);
    this.#transform(samples, first);
    this.#multiply(1, 0);
    this.#transform(samples, second);
    this.#multiply(0, 1);
    this.#fft.transform(imaginary, real);
  }

  /** Both are real, so one transform does for two: the window as the real part, the whole frame as the imaginary one. */
  #transform(samples: Float32Array, start: number): void {
    const [real, imaginary] = [this.#real, this.#imaginary];
    const frame = samples.subarray(start, start + this.#length);
    real.fill(0);
    real.set(frame.subarray(0, this.#window));
    imaginary.fill(0);
    imaginary.set(frame);
    this.#fft.transform(real, imaginary);
  }

  /** Adds the conjugate of the window's spectrum times the frame's, and times a complex number, to the products' spectrum. */
  #multiply(by: number, byImaginary: number): void {
    const { size } = this.#fft;
    const [real, imaginary] = [this.#real, this.#imaginary];
    const [sums, sumsImaginary] = this.products;
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
      sums[k] = (sums[k] ?? 0) + by * product - byImaginary * productImaginary;
      sumsImaginary[k] = (sumsImaginary[k] ?? 0) + by * productImaginary + byImaginary * product;
      if (mirrored === k) continue;
      sums[mirrored] = (sums[mirrored] ?? 0) + by * product + byImaginary * productImaginary;
      sumsImaginary[mirrored] = (sumsImaginary[mirrored] ?? 0) - by * productImaginary + byImaginary * product;
    }
  }
}
