/** A mood over the whole of a session, in as many steps as fit into a picture, however long it lasts. */

import { both, type HeardReading, type Mood, moodOf, NOTHING, plus, type Sums } from "./shares.ts";

/** Readings by time. */
export interface MoodTimeline {
  /** When it begins, in ms since 1970. */
  readonly startMs: number;
  /** Length of a step in ms; it doubles when there are too many. */
  readonly stepMs: number;
  readonly steps: readonly Sums[];
}

/** One step of a timeline. */
export interface MoodStep {
  /** From the beginning, in ms. */
  readonly startMs: number;
  readonly endMs: number;
  readonly mood: Mood;
}

/** Steps that a timeline has at most. */
const MOST_STEPS = 60;
const FIRST_STEP_MS = 5000;

/** An empty timeline that begins now (ms since 1970). */
export function emptyTimeline(startMs: number): MoodTimeline {
  return { startMs, stepMs: FIRST_STEP_MS, steps: [] };
}

/** The timeline with one more reading in it; one from before its beginning counts into its first step. */
export function withTimed(timeline: MoodTimeline, reading: HeardReading): MoodTimeline {
  const index = Math.max(0, Math.floor((reading.atMs - timeline.startMs) / timeline.stepMs));
  if (index >= MOST_STEPS) return withTimed(halved(timeline), reading);
  const steps = Array.from(
    { length: Math.max(timeline.steps.length, index + 1) },
    (_, each) => timeline.steps[each] ?? NOTHING,
  );
  return { ...timeline, steps: steps.map((sums, each) => (each === index ? plus(sums, reading) : sums)) };
}

/** The steps of a timeline. */
export function stepsOf({ stepMs, steps }: MoodTimeline): readonly MoodStep[] {
  return steps.map((sums, index) => ({
    startMs: index * stepMs,
    endMs: (index + 1) * stepMs,
    mood: moodOf(sums),
  }));
}

/** All of a timeline as one. */
export function overall({ steps }: MoodTimeline): Mood {
  return moodOf(steps.reduce(both, NOTHING));
}

function halved({ startMs, stepMs, steps }: MoodTimeline): MoodTimeline {
  const pairs = Array.from({ length: Math.ceil(steps.length / 2) }, (_, index) =>
    both(steps[2 * index] ?? NOTHING, steps[2 * index + 1] ?? NOTHING),
  );
  return { startMs, stepMs: stepMs * 2, steps: pairs };
}
