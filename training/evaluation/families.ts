/** The textbook's methods (families.py) on the same folds as the shipped network. */

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ClipFolders } from "./conditions.ts";
import { costOf } from "./cost.ts";
import { type HeldOutModel, heldOutModels, readManifestFields } from "./models.ts";
import { type ModelResults, scoreModel } from "./scoring.ts";
import { summarise } from "./summary.ts";

/** One method: what it costs and what it reaches. */
export interface Family {
  /** `svm`, `dnn`, `cnn`, `lstm`. */
  readonly name: string;
  /** Values that were learnt. */
  readonly parameters: number;
  /** Of the graph, ms per second of audio on one core. */
  readonly msPerSecond: number;
  /** By corpus: UAR after Opus, the mean over the folds; a share of 1. */
  readonly uar: Readonly<Record<string, number>>;
}

const manifestSchema = z.object({ training: z.object({ parameters: z.number() }) });

/** Scores the methods that the work folder has; none, if training was not asked for them. Resumable. */
export async function scoreFamilies(folders: ClipFolders): Promise<Family[]> {
  const root = join(folders.work, "families");
  if (!existsSync(root)) return [];
  const families: Family[] = [];
  for (const name of (await readdir(root)).toSorted()) {
    const models = await heldOutModels(join(root, name));
    families.push(await familyOf(name, models, folders));
  }
  return families;
}

async function familyOf(name: string, models: readonly HeldOutModel[], folders: ClipFolders): Promise<Family> {
  const results: ModelResults[] = [];
  const scope = { results: join(folders.work, "families", name, "results"), conditions: ["opus"] } as const;
  for (const model of models) results.push(await scoreModel(model, folders, scope));
  const folder = models[0]?.folder ?? "";
  const { training } = manifestSchema.parse(await readManifestFields(folder));
  const { heldOut } = summarise(results, []);
  const uar = Object.entries(heldOut).map(([corpus, { opus }]) => [corpus, opus?.folds.uar.mean ?? 0] as const);
  const { inferenceMsPerSecondHeard: msPerSecond } = await costOf(folder);
  return { name, parameters: training.parameters, msPerSecond, uar: Object.fromEntries(uar) };
}
