/** Chance that falls the same way every time: numbers from a seed in words. */

import { createHash } from "node:crypto";

/** A source of random numbers. */
export interface Random {
  /** Uniform in 0 (included) to 1 (excluded), or in `low` to `high`. */
  uniform(low?: number, high?: number): number;
  /** A whole number from 0 to `count - 1`. */
  index(count: number): number;
  /** Normal with mean 0 and variance 1. */
  normal(): number;
}

/** The numbers that belong to a seed: Chris Doty-Humphrey's sfc32, its state taken from SHA-256. */
export function randomFrom(seed: string): Random {
  const digest = createHash("sha256").update(seed).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = digest.readInt32LE(12);
  const uniform = (low = 0, high = 1) => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return low + ((sum >>> 0) / 2 ** 32) * (high - low);
  };
  return {
    uniform,
    index: (count) => Math.floor(uniform() * count),
    // Box and Muller 1958; 1 - u is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** The items in random order; the given array stays as it is. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.uniform() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
