/** Readings of a live channel as a mood that moves: each counts half after a minute. */

import { type DecayingMood, moodAt, noMood, withReading } from "../../../mood/index.ts";
import { inOrder } from "../../../views/mood-shares.ts";
import type { TimedScores } from "../../../views/timeline-areas.ts";
import type { LiveResource } from "../../api/live.ts";

/** A reading as it came over the stream. */
export type Reading = LiveResource["readings"][number];

/** How far back the stream is shown at most, ms. */
export const WINDOW_MS = 600_000;
const MINUTE_MS = 60_000;
/** Time between two points of the drawing, ms. */
const STEP_MS = 2500;
/** As in the bot's readout, unless its session says otherwise. */
const HALF_LIFE_MS = 60_000;

/** The mood after all of the readings, the oldest first. */
export function moodOf(readings: readonly Reading[]): DecayingMood {
  return readings.reduce((mood, reading) => withReading(mood, heard(reading)), noMood(HALF_LIFE_MS));
}

/** The minutes that a session has begun, ten at most, up to `nowMs`, as scores over time. */
export function streamOf(readings: readonly Reading[], sessionStartMs: number, nowMs: number): TimedScores {
  const minutes = Math.ceil((nowMs - sessionStartMs) / MINUTE_MS);
  const windowMs = Math.min(WINDOW_MS, Math.max(1, minutes) * MINUTE_MS);
  const startMs = nowMs - windowMs;
  const labels = inOrder(readings.flatMap(({ scores }) => Object.keys(scores)));
  let mood = noMood(HALF_LIFE_MS);
  let next = 0;
  const timeline = Array.from({ length: windowMs / STEP_MS }, (_, index) => {
    const endMs = startMs + (index + 1) * STEP_MS;
    for (let reading = readings[next]; reading && Date.parse(reading.at) <= endMs; reading = readings[++next]) {
      mood = withReading(mood, heard(reading));
    }
    const { shares } = moodAt(mood, endMs);
    const speech = Object.keys(shares).length > 0;
    return { startMs: index * STEP_MS, endMs: (index + 1) * STEP_MS, speech, scores: shares };
  });
  return { timeline, scores: Object.fromEntries(labels.map((label) => [label, 0])), durationMs: windowMs };
}

function heard({ at, scores, durationMs }: Reading) {
  return { atMs: Date.parse(at), scores, durationMs };
}
