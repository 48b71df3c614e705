/** What is heard of a speaker before a clip is scored: other clips of the same voice, without their labels. */

import { randomFrom, shuffled } from "./random.ts";

/** Kinds of context: how many utterances, and whether they are of one emotion only. */
export const CONTEXTS = {
  "context-5": { utterances: 5, oneEmotion: false },
  "context-10": { utterances: 10, oneEmotion: false },
  "context-20": { utterances: 20, oneEmotion: false },
  "context-10-one-emotion": { utterances: 10, oneEmotion: true },
} as const;
/** One of `CONTEXTS`. */
export type Context = keyof typeof CONTEXTS;

/** What a context is chosen by. */
export interface ContextClip {
  readonly path: string;
  readonly emotion: string;
}

/**
 * The utterances that come before a clip: random others of its speaker, always the same for the same clip, so that ten
 * are five and five more. A speaker with fewer has a shorter context.
 * The label is used for one thing only, to find utterances of a single emotion: the hardest case.
 */
export function contextOf<T extends ContextClip>(clip: T, ofSpeaker: readonly T[], context: Context): T[] {
  const { utterances, oneEmotion } = CONTEXTS[context];
  const others = shuffled(
    ofSpeaker.filter((other) => other.path !== clip.path),
    randomFrom(`context ${clip.path}`),
  );
  return (oneEmotion ? alike(others, utterances, clip.path) : others).slice(0, utterances);
}

/** Those of one emotion: a random one among those with enough clips, else the one with the most. */
function alike<T extends ContextClip>(others: readonly T[], wanted: number, seed: string): readonly T[] {
  const groups = [...Map.groupBy(others, ({ emotion }) => emotion).values()].toSorted((a, b) => b.length - a.length);
  const enough = groups.filter((group) => group.length >= wanted);
  return enough[randomFrom(`emotion ${seed}`).index(enough.length)] ?? groups[0] ?? [];
}
