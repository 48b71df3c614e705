/** What is wrong with the data that a model was scored on, as a list for whoever made it. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HeldOutClip, HeldOutModel } from "./models.ts";
import type { Result } from "./results.ts";

/** Speakers and clips that two folds hold out: each fold then learnt from what the other one is scored on. */
export async function splitProblems(models: readonly HeldOutModel[], data: string): Promise<string[]> {
  const folds = models.filter(({ kind }) => kind === "fold");
  const held = folds.flatMap(({ name, clips }) => clips.map((clip) => ({ fold: name, clip })));
  const contents = await Promise.all(held.map(async ({ clip }) => contentOf(data, clip)));
  const inSeveral = (keyOf: (entry: (typeof held)[number], index: number) => string | undefined) =>
    [...Map.groupBy(held.entries(), ([index, entry]) => keyOf(entry, index))].flatMap(([key, entries]) => {
      const names = [...new Set(entries.map(([, { fold }]) => fold))];
      return key !== undefined && names.length > 1 ? [{ key, names, clips: entries.map(([, { clip }]) => clip) }] : [];
    });
  return [
    ...inSeveral(({ clip }) => personOf(clip)).map(
      ({ key, names }) => `The speaker ${key} is held out by ${names.join(" and ")}.`,
    ),
    ...inSeveral((_, index) => contents[index]).map(
      ({ names, clips }) => `${clips.map(({ path }) => path).join(" and ")} are one file, in ${names.join(" and ")}.`,
    ),
  ];
}

/** Clips that couldn't be read, and emotions that the model has no label for, each once. */
export function clipProblems(results: Iterable<Result>): string[] {
  const problems = new Set<string>();
  for (const { model, unreadable, leftOut } of results) {
    for (const { path, message } of unreadable) problems.add(`${path}: ${message}`);
    for (const [emotion, n] of Object.entries(leftOut)) {
      problems.add(`${model}: ${n} clips are left out, as the model has no label ${emotion}.`);
    }
  }
  return [...problems];
}

/** The human being: RAVDESS's singers are its speakers. */
function personOf({ speaker }: HeldOutClip): string {
  return speaker.replace(/^ravdess-song:/, "ravdess:");
}

/** A hash of a file, or undefined where it can't be read; the scoring tells about that. */
async function contentOf(data: string, { path }: HeldOutClip): Promise<string | undefined> {
  const bytes = await readFile(join(data, path)).catch(() => undefined);
  return bytes && createHash("sha256").update(bytes).digest("hex");
}
