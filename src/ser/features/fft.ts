/** The fast Fourier transform, radix 2, decimation in time: Cooley & Tukey 1965. */

/** Transforms of one size, which must be a power of two. */
export class Fft {
  readonly size: number;
  /** Where each value goes before the first stage: its index with the bits in reverse. */
  readonly #reversed: Uint16Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(size: number) {
    this.size = size;
    const bits = Math.log2(size);
    this.#reversed = Uint16Array.from({ length: size }, (_, index) => {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
      return reversed;
    });
    this.#cos = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.#sin = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
  }

  /**
   * Transforms `size` complex numbers in place. With the parts swapped, `transform(imaginary, real)`, it is the inverse
   * times `size`.
   */
  transform(real: Float64Array, imaginary: Float64Array): void {
    this.#reorder(real);
    this.#reorder(imaginary);
    const size = this.size;
    const cos = this.#cos;
    const sin = this.#sin;
    for (let half = 1, stride = size >> 1; half < size; half <<= 1, stride >>= 1) {
      for (let k = 0; k < half; k++) {
        const c = cos[k * stride] ?? 0;
        const s = sin[k * stride] ?? 0;
        for (let even = k; even < size; even += 2 * half) {
          const odd = even + half;
          const a = real[odd] ?? 0;
          const b = imaginary[odd] ?? 0;
          const turnedReal = a * c + b * s;
          const turnedImaginary = b * c - a * s;
          const evenReal = real[even] ?? 0;
          const evenImaginary = imaginary[even] ?? 0;
          real[odd] = evenReal - turnedReal;
          imaginary[odd] = evenImaginary - turnedImaginary;
          real[even] = evenReal + turnedReal;
          imaginary[even] = evenImaginary + turnedImaginary;
        }
      }
    }
  }

  #reorder(values: Float64Array): void {
    const reversed = this.#reversed;
    for (let index = 0; index < values.length; index++) {
      const other = reversed[index] ?? 0;
      if (other <= index) continue;
      const value = values[index] ?? 0;
      values[index] = values[other] ?? 0;
      values[other] = value;
    }
  }
}
