/** What a worker counts, for whoever watches it. */

/** Parts of a clip's way that take time; `wait` is from the question to the worker. */
export type ClipStage = "wait" | "fetch" | "analysis" | "answer";
/** How a job ended: with a reading, with a sentence, with neither, or for now, to be tried again or elsewhere. */
export type ClipOutcome = "read" | "refused" | "given-up" | "try-failed" | "returned";

/** Is told about clips. */
export interface ClipMeter {
  /** A stage took so long (ms). */
  stage(stage: ClipStage, durationMs: number): void;
  /** A job ended, so long (ms) after it was asked for. */
  ended(outcome: ClipOutcome, sinceAskedMs: number): void;
}

/** Counts nothing. */
export const NO_CLIP_METER: ClipMeter = { stage: () => undefined, ended: () => undefined };
