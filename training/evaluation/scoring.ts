/** Scores every model that was held out something, under every condition, and keeps what it has. */

import { join } from "node:path";
import { clipsWithLabel } from "../../src/cli/evaluate.ts";
import { progressBar } from "../../src/cli/progress.ts";
import { readManifest } from "../../src/ser/model/manifest.ts";
import { type SpeakerStatistics, UNHEARD, withUtterance } from "../../src/ser/speaker.ts";
import { type ClipFolders, CONDITIONS, type Condition } from "./conditions.ts";
import { type Context, contextOf } from "./contexts.ts";
import type { HeldOutClip, HeldOutModel } from "./models.ts";
import { type Result, type ResultRow, readResult, writeResult } from "./results.ts";
import { type Scored, ScorePool, UnreadableClip } from "./score-pool.ts";

/** Context is measured as people use the product: after Opus. */
const CONTEXT_CONDITION: Condition = "opus";
const CONTEXT_NAMES: readonly Context[] = ["context-5", "context-10", "context-20", "context-10-one-emotion"];

/** All results of one model by condition: `clean`, `opus`, `noise`, and `context-…` where the model adapts. */
export type ModelResults = ReadonlyMap<string, Result>;

/** What of a model is scored, and where it is kept. */
export interface Scope {
  /** Folder of the results. */
  readonly results: string;
  readonly conditions: readonly Condition[];
}

/** Scores what isn't scored yet: unless a scope says otherwise, every condition, into the work folder. */
export async function scoreModel(
  model: HeldOutModel,
  folders: ClipFolders,
  scope: Scope = { results: join(folders.work, "results"), conditions: CONDITIONS },
): Promise<ModelResults> {
  const results = new Map<string, Result>();
  const fileOf = (condition: string) => join(scope.results, `${model.name}.${condition}.json`);
  const { adaptation } = await readManifest(model.folder);
  const contexts = adaptation && scope.conditions.includes(CONTEXT_CONDITION) ? CONTEXT_NAMES : [];
  for (const condition of [...scope.conditions, ...contexts]) {
    const kept = await readResult(fileOf(condition), model.fingerprint);
    if (kept) results.set(condition, kept);
  }
  if (results.size === scope.conditions.length + contexts.length) return results;
  await using opened = new AsyncDisposableStack();
  const pool = await ScorePool.open(model.folder, folders);
  opened.defer(() => pool.close());
  const keep = async (condition: string, heard: Heard) => {
    const result = resultOf(model, condition, heard, pool.manifest.sha256 ?? "");
    results.set(condition, await writeResult(fileOf(condition), result));
  };
  for (const condition of scope.conditions) {
    const wanted = [condition, ...(condition === CONTEXT_CONDITION ? contexts : [])];
    if (wanted.every((name) => results.has(name))) continue;
    const started = performance.now();
    const alone = await hearAlone(model, condition, pool);
    await keep(condition, alone);
    if (wanted.length > 1) for (const [context, heard] of await hearInContexts(alone, pool)) await keep(context, heard);
    const seconds = Math.round((performance.now() - started) / 1000);
    console.error(`${model.name}: ${wanted.join(", ")}: ${alone.clips.length} clips in ${seconds} s`);
  }
  return results;
}

/** Clips with what was said of each. */
interface Heard {
  readonly clips: readonly { readonly clip: HeldOutClip; readonly scored: Scored }[];
  readonly unreadable: Result["unreadable"];
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Each clip as the first thing that is ever heard of its speaker. */
async function hearAlone(model: HeldOutModel, condition: Condition, pool: ScorePool): Promise<Heard> {
  const { known, leftOut } = clipsWithLabel(model.clips, pool.manifest.labels);
  const clips: Heard["clips"][number][] = [];
  const unreadable: Result["unreadable"] = [];
  const bar = progressBar(known.length);
  const jobs = known.map(({ path }) => ({ kind: "clip", path, condition, speakers: [UNHEARD] }) as const);
  await pool.run(jobs, (answer, index) => {
    const clip = known[index];
    bar.step();
    if (clip === undefined) return;
    if (answer instanceof UnreadableClip) unreadable.push({ path: clip.path, message: answer.message });
    else for (const scored of answer) clips.push({ clip, scored });
  });
  bar.stop();
  return { clips: clips.toSorted((a, b) => (a.clip.path < b.clip.path ? -1 : 1)), unreadable, leftOut };
}

/** The same clips after others of their speakers. Each is decoded once and heard once for each kind of context. */
async function hearInContexts(alone: Heard, pool: ScorePool): Promise<Map<Context, Heard>> {
  const voices = alone.clips.map(({ clip, scored }) => ({ ...clip, embedding: scored.embedding }));
  const bySpeaker = Map.groupBy(voices, ({ speaker }) => speaker);
  const jobs = voices.map((voice) => {
    const others = (bySpeaker.get(voice.speaker) ?? []).filter(({ embedding }) => embedding.length > 0);
    const speakers = CONTEXT_NAMES.map((context) => statisticsOf(contextOf(voice, others, context)));
    return { kind: "clip", path: voice.path, condition: CONTEXT_CONDITION, speakers } as const;
  });
  const heard = new Map(CONTEXT_NAMES.map((context) => [context, [] as Heard["clips"][number][]]));
  const bar = progressBar(jobs.length);
  await pool.run(jobs, (answer, index) => {
    const clip = alone.clips[index]?.clip;
    bar.step();
    if (clip === undefined || answer instanceof UnreadableClip) return;
    for (const [place, scored] of answer.entries()) {
      const context = CONTEXT_NAMES[place];
      if (context !== undefined) heard.get(context)?.push({ clip, scored });
    }
  });
  bar.stop();
  return new Map([...heard].map(([context, clips]) => [context, { ...alone, clips }]));
}

function statisticsOf(voices: readonly { readonly embedding: readonly number[] }[]): SpeakerStatistics {
  return voices.reduce((speaker, { embedding }) => withUtterance(speaker, embedding), UNHEARD);
}

function resultOf(model: HeldOutModel, condition: string, heard: Heard, sha256: string): Result {
  const rows = heard.clips.map(({ clip, scored: { said } }): ResultRow => {
    const { path, corpus, speaker, language, sex, emotion } = clip;
    const { speech, label, confidence, uncertain, adapted, scores } = said;
    return {
      ...{ path, corpus, speaker, ...(language && { language }), ...(sex && { sex }), truth: emotion },
      ...{ speech, label, confidence, uncertain, adapted, scores: { ...scores } },
    };
  });
  const { fingerprint, name } = model;
  const { unreadable, leftOut } = heard;
  return { model: name, sha256, fingerprint, condition, rows, unreadable: [...unreadable], leftOut: { ...leftOut } };
}
