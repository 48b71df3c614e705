/** Where a speaker's mood is going. */

import { type DecayingMood, moodAt, noMood, withReading } from "./decay.ts";
import type { HeardReading, Mood } from "./shares.ts";

/** Whether the strongest emotion has become stronger lately. */
export type Trend = "rising" | "steady" | "falling";

/** One speaker's mood, on two scales of time. */
export interface SpeakerMood {
  readonly now: DecayingMood;
  readonly lately: DecayingMood;
}

/** What is compared with lasts so many times as long. */
const SLOWER = 4;
/** A smaller change of a share says nothing. */
const NOTABLE = 0.1;

/** A speaker who said nothing yet. */
export function unheardSpeaker(halfLifeMs: number): SpeakerMood {
  return { now: noMood(halfLifeMs), lately: noMood(halfLifeMs * SLOWER) };
}

/** The speaker after one more reading. */
export function withSpoken({ now, lately }: SpeakerMood, reading: HeardReading): SpeakerMood {
  return { now: withReading(now, reading), lately: withReading(lately, reading) };
}

/** What a speaker's mood is at a time (ms since 1970), and where it goes. */
export function speakerMoodAt(
  { now, lately }: SpeakerMood,
  nowMs: number,
): { readonly mood: Mood; readonly trend: Trend } {
  const mood = moodAt(now, nowMs);
  const [strongest] = Object.entries(mood.shares).toSorted(([, a], [, b]) => b - a);
  if (strongest === undefined) return { mood, trend: "steady" };
  const [label, share] = strongest;
  const change = share - (moodAt(lately, nowMs).shares[label] ?? 0);
  return { mood, trend: change >= NOTABLE ? "rising" : change <= -NOTABLE ? "falling" : "steady" };
}
