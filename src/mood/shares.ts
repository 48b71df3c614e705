/** Readings taken together: how much of the speech sounded like which emotion. */

import type { Reading } from "../ser/index.ts";

/** What counts of a reading. */
export interface HeardReading extends Pick<Reading, "scores" | "durationMs"> {
  /** When it was heard, in ms since 1970. */
  readonly atMs: number;
}

/** Readings added up, each weighed by its length. */
export interface Sums {
  /** How much speech, in ms; less where it was weighed down. */
  readonly weightMs: number;
  /** By label, the scores times their weights. */
  readonly byLabel: Readonly<Record<string, number>>;
}

/** Readings taken together. */
export interface Mood {
  /** The emotion that stands out; null where none does, or nobody spoke. */
  readonly label: string | null;
  /** Share of the strongest emotion, 0 to 1. */
  readonly confidence: number;
  /** Shares by label; they sum to 1, or there are none where nobody spoke. */
  readonly shares: Readonly<Record<string, number>>;
  /** How much speech it is made of, in ms; older speech counts less. */
  readonly weightMs: number;
}

/** Under this share no emotion stands out: with seven of them, chance would give each 0.14. */
const STANDS_OUT = 0.4;

/** Nothing heard. */
export const NOTHING: Sums = { weightMs: 0, byLabel: {} };

/** The sums with one more reading in them; `factor` weighs it down. One without speech, or without labels, adds nothing. */
export function plus(
  sums: Sums,
  { scores, durationMs }: Pick<HeardReading, "scores" | "durationMs">,
  factor = 1,
): Sums {
  const weightMs = durationMs * factor;
  if (!Object.values(scores).some((score) => score > 0)) return sums;
  return both(sums, {
    weightMs,
    byLabel: Object.fromEntries(Object.entries(scores).map(([label, score]) => [label, score * weightMs])),
  });
}

/** Two sums as one. */
export function both(a: Sums, b: Sums): Sums {
  const labels = new Set([...Object.keys(a.byLabel), ...Object.keys(b.byLabel)]);
  const sum = (label: string) => (a.byLabel[label] ?? 0) + (b.byLabel[label] ?? 0);
  return {
    weightMs: a.weightMs + b.weightMs,
    byLabel: Object.fromEntries([...labels].map((label) => [label, sum(label)])),
  };
}

/** The sums, all weighed down by a factor. */
export function times({ weightMs, byLabel }: Sums, factor: number): Sums {
  return {
    weightMs: weightMs * factor,
    byLabel: Object.fromEntries(Object.entries(byLabel).map(([label, sum]) => [label, sum * factor])),
  };
}

/** What the sums say. */
export function moodOf({ weightMs, byLabel }: Sums): Mood {
  const total = Object.values(byLabel).reduce((sum, value) => sum + value, 0);
  if (total === 0) return { label: null, confidence: 0, shares: {}, weightMs: 0 };
  const shares = Object.fromEntries(Object.entries(byLabel).map(([label, sum]) => [label, sum / total]));
  const [first, confidence] = Object.entries(shares).reduce((best, next) => (next[1] > best[1] ? next : best));
  return { label: confidence >= STANDS_OUT ? first : null, confidence, shares, weightMs };
}
