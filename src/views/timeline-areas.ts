/** A timeline as stacked areas: where each emotion's area ends at each moment. */

import type { Reading, Scores, TimelineEntry } from "../ser/index.ts";

/** Scores over time: a reading, or a mood over a session. */
export type TimedScores = Pick<Reading, "timeline" | "scores" | "durationMs">;

/** A point on the upper edge of an area. */
export interface AreaPoint {
  /** Seconds from the start of the clip. */
  readonly x: number;
  /** Sum of this share and those below it, 0 to 1; NaN in a gap. */
  readonly y: number;
  /** This emotion's own share. */
  readonly share: number;
}

/** One emotion over time. */
export interface Area {
  readonly label: string;
  readonly points: AreaPoint[];
}

const MS_PER_S = 1000;

/**
 * One area per emotion, lowest first. A window stands for its middle; runs of windows with speech
 * reach half a hop further on both sides (to the clip's ends at the ends), so that a lone window shows.
 */
export function timelineAreas(reading: TimedScores): Area[] {
  const moments = momentsOf(reading.timeline);
  const labels = Object.keys(reading.scores);
  return labels.map((label, index) => ({
    label,
    points: moments.map(({ ms, scores }) => ({
      x: ms / MS_PER_S,
      y: scores ? sumOf(scores, labels.slice(0, index + 1)) : Number.NaN,
      share: scores?.[label] ?? 0,
    })),
  }));
}

interface Moment {
  readonly ms: number;
  /** Undefined where nobody speaks. */
  readonly scores: Scores | undefined;
}

function momentsOf(timeline: readonly TimelineEntry[]): Moment[] {
  return timeline.flatMap((window, index) => {
    const middle = middleOf(window);
    if (!window.speech) return [{ ms: middle, scores: undefined }];
    const before = timeline[index - 1];
    const after = timeline[index + 1];
    const { scores } = window;
    const moments: Moment[] = [{ ms: middle, scores }];
    if (!before?.speech) moments.unshift({ ms: before ? between(before, window) : window.startMs, scores });
    if (!after?.speech) moments.push({ ms: after ? between(window, after) : window.endMs, scores });
    return moments;
  });
}

function middleOf(window: TimelineEntry): number {
  return (window.startMs + window.endMs) / 2;
}

function between(a: TimelineEntry, b: TimelineEntry): number {
  return (middleOf(a) + middleOf(b)) / 2;
}

function sumOf(scores: Scores, labels: readonly string[]): number {
  return labels.reduce((sum, label) => sum + (scores[label] ?? 0), 0);
}
