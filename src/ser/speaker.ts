/**
 * What is known of a speaker during one live session: running statistics of the model's embedding, and the baseline
 * that a model is given from them.
 *
 * They are plain JSON numbers, so that a live session can keep them wherever it keeps its state. They identify nobody:
 * they say how far this voice lies from the average one in the dimensions that matter for emotion. They belong to no
 * reading, are stored with no name, and go away with the session.
 */

/** Running statistics of one speaker's utterances (Welford 1962). */
export interface SpeakerStatistics {
  /** Utterances with speech so far. */
  readonly utterances: number;
  /** Mean embedding of the utterances; empty before the first. */
  readonly mean: readonly number[];
  /** Per dimension, the sum of squared deviations from the mean; empty before the first. */
  readonly squares: readonly number[];
}

/** A speaker of whom nothing has been heard yet. */
export const UNHEARD: SpeakerStatistics = { utterances: 0, mean: [], squares: [] };

/** How a model shrinks a speaker's mean towards the population's, which is 0. */
export interface Shrinkage {
  /** Number of values in an embedding. */
  readonly size: number;
  /** After so many utterances the mean counts half. */
  readonly halfAt: number;
  /** From this spread on the utterances count as varied enough. */
  readonly fullSpread: number;
  /** Below it, the mean counts less by this power of their ratio. */
  readonly spreadPower: number;
}

/** The statistics with one more utterance in them. @throws RangeError when it has another size than those before. */
export function withUtterance(speaker: SpeakerStatistics, embedding: readonly number[]): SpeakerStatistics {
  if (speaker.utterances === 0) return { utterances: 1, mean: embedding, squares: embedding.map(() => 0) };
  if (embedding.length !== speaker.mean.length) throw new RangeError("The embedding is of another model.");
  const utterances = speaker.utterances + 1;
  const deltas = embedding.map((value, i) => value - (speaker.mean[i] ?? 0));
  const mean = speaker.mean.map((value, i) => value + (deltas[i] ?? 0) / utterances);
  const squares = speaker.squares.map((value, i) => value + (deltas[i] ?? 0) * ((embedding[i] ?? 0) - (mean[i] ?? 0)));
  return { utterances, mean, squares };
}

/** Mean over the dimensions of the variance between the speaker's utterances; 0 for fewer than two. */
export function spreadOf({ utterances, squares }: SpeakerStatistics): number {
  if (utterances < 2) return 0;
  return squares.reduce((sum, value) => sum + value, 0) / squares.length / utterances;
}

/**
 * What the model takes as this speaker's baseline: w · mean with w = n / (n + halfAt) · min(1, spread / fullSpread) ^ spreadPower.
 * The first factor is that of empirical Bayes: a mean of few utterances says little. The second one guards against a
 * speaker who has shown one emotion only: that one would be taken for the voice's own. training/contexts.py chooses its power.
 * Zeros (the population) where nothing is known, or where the statistics are another model's.
 */
export function baselineOf(speaker: SpeakerStatistics, shrinkage: Shrinkage): Float32Array {
  const { size, halfAt, fullSpread, spreadPower } = shrinkage;
  const baseline = new Float32Array(size);
  if (speaker.mean.length !== size) return baseline;
  const heard = speaker.utterances / (speaker.utterances + halfAt);
  const weight = heard * Math.min(1, spreadOf(speaker) / fullSpread) ** spreadPower;
  return baseline.map((_, i) => weight * (speaker.mean[i] ?? 0));
}
