/** The fast Fourier transform, decimation in time, two stages of radix 2 at once: Cooley & Tukey 1965. */

/** Transforms of one size, which must be a power of two. */
export class Fft {
  readonly size: number;
  /** Pairs of places whose values change places before the first stage: an index and its bits in reverse. */
  readonly #swaps: Uint16Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #isOddPower: boolean;

  constructor(size: number) {
    this.size = size;
    const bits = Math.log2(size);
    const swaps: number[] = [];
    for (let index = 0; index < size; index++) {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
      if (reversed > index) swaps.push(index, reversed);
    }
    this.#swaps = Uint16Array.from(swaps);
    this.#isOddPower = bits % 2 === 1;
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
    let half = 4;
    if (this.#isOddPower) {
      addAndSubtract(real);
      addAndSubtract(imaginary);
      half = 2;
    } else {
      quarterTurns(real, imaginary);
    }
    for (; half < this.size; half *= 4) this.#twoStages(real, imaginary, half);
  }

  /** The stages that join transforms of `half` values, and then of twice as many: each value is read and written once. */
  #twoStages(real: Float64Array, imaginary: Float64Array, half: number): void {
    const size = this.size;
    const cos = this.#cos;
    const sin = this.#sin;
    const stride = size / (4 * half);
    for (let block = 0; block < size; block += 4 * half) {
      for (let k = 0; k < half; k++) {
        const first = block + k;
        const second = first + half;
        const third = second + half;
        const fourth = third + half;
        const c1 = cos[2 * k * stride] ?? 0;
        const s1 = sin[2 * k * stride] ?? 0;
        const r2 = real[second] ?? 0;
        const i2 = imaginary[second] ?? 0;
        const r4 = real[fourth] ?? 0;
        const i4 = imaginary[fourth] ?? 0;
        const turned2 = r2 * c1 + i2 * s1;
        const turned2Imaginary = i2 * c1 - r2 * s1;
        const turned4 = r4 * c1 + i4 * s1;
        const turned4Imaginary = i4 * c1 - r4 * s1;
        const r1 = real[first] ?? 0;
        const i1 = imaginary[first] ?? 0;
        const r3 = real[third] ?? 0;
        const i3 = imaginary[third] ?? 0;
        const sum = r3 + turned4;
        const sumImaginary = i3 + turned4Imaginary;
        const difference = r3 - turned4;
        const differenceImaginary = i3 - turned4Imaginary;
        const c2 = cos[k * stride] ?? 0;
        const s2 = sin[k * stride] ?? 0;
        const turnedSum = sum * c2 + sumImaginary * s2;
        const turnedSumImaginary = sumImaginary * c2 - sum * s2;
        // A quarter of a turn further: cosine and sine change places.
        const turnedDifference = differenceImaginary * c2 - difference * s2;
        const turnedDifferenceImaginary = -(difference * c2 + differenceImaginary * s2);
        real[first] = r1 + turned2 + turnedSum;
        imaginary[first] = i1 + turned2Imaginary + turnedSumImaginary;
        real[third] = r1 + turned2 - turnedSum;
        imaginary[third] = i1 + turned2Imaginary - turnedSumImaginary;
        real[second] = r1 - turned2 + turnedDifference;
        imaginary[second] = i1 - turned2Imaginary + turnedDifferenceImaginary;
        real[fourth] = r1 - turned2 - turnedDifference;
        imaginary[fourth] = i1 - turned2Imaginary - turnedDifferenceImaginary;
      }
    }
  }

  #reorder(values: Float64Array): void {
    const swaps = this.#swaps;
    for (let i = 0; i < swaps.length; i += 2) {
      const index = swaps[i] ?? 0;
      const other = swaps[i + 1] ?? 0;
      const value = values[index] ?? 0;
      values[index] = values[other] ?? 0;
      values[other] = value;
    }
  }
}

/** The first stage, which turns nothing. */
function addAndSubtract(values: Float64Array): void {
  for (let i = 0; i < values.length; i += 2) {
    const a = values[i] ?? 0;
    const b = values[i + 1] ?? 0;
    values[i] = a + b;
    values[i + 1] = a - b;
  }
}

/** The first two stages, which turn by nothing but a quarter. */
function quarterTurns(real: Float64Array, imaginary: Float64Array): void {
  for (let i = 0; i + 3 < real.length; i += 4) {
    const r1 = real[i] ?? 0;
    const r2 = real[i + 1] ?? 0;
    const r3 = real[i + 2] ?? 0;
    const r4 = real[i + 3] ?? 0;
    const i1 = imaginary[i] ?? 0;
    const i2 = imaginary[i + 1] ?? 0;
    const i3 = imaginary[i + 2] ?? 0;
    const i4 = imaginary[i + 3] ?? 0;
    real[i] = r1 + r2 + (r3 + r4);
    imaginary[i] = i1 + i2 + (i3 + i4);
    real[i + 1] = r1 - r2 + (i3 - i4);
    imaginary[i + 1] = i1 - i2 - (r3 - r4);
    real[i + 2] = r1 + r2 - (r3 + r4);
    imaginary[i + 2] = i1 + i2 - (i3 + i4);
    real[i + 3] = r1 - r2 - (i3 - i4);
    imaginary[i + 3] = i1 - i2 + (r3 - r4);
  }
}
