/** The mood now: readings count half after one half-life, a quarter after two. */

import { both, type HeardReading, type Mood, moodOf, NOTHING, plus, type Sums, times } from "./shares.ts";

/** A mood that goes on. Everything in it decays alike, so one number a label is all that has to be kept. */
export interface DecayingMood {
  readonly halfLifeMs: number;
  /** The time (ms since 1970) as of which the sums are. */
  readonly atMs: number;
  readonly sums: Sums;
}

/** Less speech than this (ms), decayed, is no mood any more. */
const FADED_MS = 250;

/** A mood of which nothing is heard yet. */
export function noMood(halfLifeMs: number): DecayingMood {
  return { halfLifeMs, atMs: Number.NEGATIVE_INFINITY, sums: NOTHING };
}

/** The mood with one more reading in it; one that comes late counts as if it had come in time. */
export function withReading(mood: DecayingMood, reading: HeardReading): DecayingMood {
  const { halfLifeMs } = mood;
  const atMs = Math.max(mood.atMs, reading.atMs);
  const aged = times(mood.sums, decay(atMs - mood.atMs, halfLifeMs));
  const added = plus(NOTHING, reading, decay(atMs - reading.atMs, halfLifeMs));
  return { halfLifeMs, atMs, sums: both(aged, added) };
}

/** What the mood is at a time (ms since 1970); nothing when all of it has faded. */
export function moodAt({ sums, atMs, halfLifeMs }: DecayingMood, nowMs: number): Mood {
  const aged = times(sums, decay(Math.max(0, nowMs - atMs), halfLifeMs));
  return moodOf(aged.weightMs < FADED_MS ? NOTHING : aged);
}

function decay(ageMs: number, halfLifeMs: number): number {
  return 2 ** (-ageMs / halfLifeMs);
}
