/** The whole protocol: scores what training left in the work folder, and sums it up. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClipFolders } from "./conditions.ts";
import { type Family, scoreFamilies } from "./families.ts";
import { heldOutModels } from "./models.ts";
import { type NoSpeechScore, scoreNoSpeech } from "./no-speech-score.ts";
import { clipProblems, splitProblems } from "./problems.ts";
import { type ModelResults, scoreModel } from "./scoring.ts";
import { type Summary, summarise } from "./summary.ts";

/** What the protocol says of a model. */
export interface Evaluation extends Summary {
  /** Of the shipped model. */
  readonly noSpeech: NoSpeechScore;
  /** The textbook's methods on the same folds, if they were trained. */
  readonly families: readonly Family[];
  /** What is wrong with the data, a sentence each. */
  readonly problems: readonly string[];
}

/** Scores the folds, the left-out corpora and, on what nobody says, the shipped model. Resumable. */
export async function measureAll(folders: ClipFolders, shipped: string): Promise<Evaluation> {
  const models = await heldOutModels(folders.work);
  await mkdir(join(folders.work, "results"), { recursive: true });
  const noSpeech = await scoreNoSpeech(shipped, folders);
  const scored: { kind: "fold" | "loco"; results: ModelResults }[] = [];
  for (const model of models) scored.push({ kind: model.kind, results: await scoreModel(model, folders) });
  const of = (kind: "fold" | "loco") => scored.filter((each) => each.kind === kind).map(({ results }) => results);
  const problems = [
    ...(await splitProblems(models, folders.data)),
    ...clipProblems(scored.flatMap(({ results }) => [...results.values()])),
  ];
  const families = await scoreFamilies(folders);
  const evaluation = { ...summarise(of("fold"), of("loco")), noSpeech, families, problems };
  await writeFile(join(folders.work, "results", "summary.json"), JSON.stringify(evaluation, null, 1));
  return evaluation;
}
