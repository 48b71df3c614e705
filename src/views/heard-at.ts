/** What was heard at one moment of a clip. */

import type { Reading, TimelineEntry } from "../ser/index.ts";

/** The strongest emotion of a window. */
export interface Heard {
  readonly label: string;
  /** Its probability, 0 to 1. */
  readonly share: number;
}

/** The strongest emotion of the window whose middle is nearest to `ms`; undefined where nobody speaks. */
export function heardAt({ timeline }: Reading, ms: number): Heard | undefined {
  const distance = ({ startMs, endMs }: TimelineEntry) => Math.abs((startMs + endMs) / 2 - ms);
  const [first, ...others] = timeline.filter(({ startMs, endMs }) => startMs <= ms && ms <= endMs);
  if (!first) return undefined;
  return strongestOf(others.reduce((best, next) => (distance(next) < distance(best) ? next : best), first));
}

/** The strongest emotion of a window; undefined where nobody speaks, or the model names no emotions. */
export function strongestOf({ speech, scores }: TimelineEntry): Heard | undefined {
  const [best, ...others] = speech ? Object.entries(scores) : [];
  if (!best) return undefined;
  const [label, share] = others.reduce((most, next) => (next[1] > most[1] ? next : most), best);
  return { label, share };
}
