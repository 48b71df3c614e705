/** `timbre eval`: a model against labelled clips, through the very pipeline that people use. */

import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import { type Analyzer, openAnalyzer, type Reading, reencodeOpus } from "../ser/index.ts";
import { type LabelledClip, readManifestCsv } from "./manifest.ts";
import { type Metrics, measure, type Verdict } from "./metrics.ts";
import { progressBar } from "./progress.ts";

/** Options of the command. */
export interface EvaluateOptions {
  readonly manifest: string;
  readonly root?: string;
  readonly model?: string;
  /** Bit rate of an Opus round trip before the analysis, kbit/s. */
  readonly opus?: number;
  readonly threads?: number;
  readonly json?: boolean;
  readonly config: Config;
}

/** Clips that were scored, and those that weren't. */
export interface Scored {
  /** By corpus. */
  readonly verdicts: Readonly<Record<string, readonly Verdict[]>>;
  /** Clips per emotion that the model has no label for; they are not scored. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Files that couldn't be read; they are not scored. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

/** Scores the clips and prints the figures. Returns the exit code: 2 when files couldn't be read. */
export async function evaluate(options: EvaluateOptions): Promise<number> {
  const clips = await readManifestCsv(options.manifest);
  const threads = options.threads ?? options.config.threads;
  const analyzer = await openAnalyzer({ modelDir: resolve(options.model ?? options.config.modelDir), threads });
  try {
    const root = options.root ?? dirname(options.manifest);
    const opusKbits = options.opus ?? null;
    const { verdicts, ...rest } = await scoreClips(analyzer, clips, { root, threads, opusKbits });
    const measured = Object.entries(verdicts).map(([corpus, rows]): [string, Metrics] => [corpus, measure(rows)]);
    const corpora = Object.fromEntries(measured);
    console.log(
      options.json ? JSON.stringify({ model: analyzer.model, opusKbits, corpora, ...rest }) : printed(corpora, rest),
    );
    return rest.unreadable.length > 0 ? 2 : 0;
  } finally {
    await analyzer.close();
  }
}

/** Analyses every clip whose emotion the model can name. */
export async function scoreClips(
  analyzer: Analyzer,
  clips: readonly LabelledClip[],
  how: { readonly root: string; readonly threads: number; readonly opusKbits: number | null },
): Promise<Scored> {
  const verdicts: Record<string, Verdict[]> = {};
  const unreadable: { path: string; message: string }[] = [];
  const { known, leftOut } = clipsWithLabel(clips, analyzer.labels);
  const classes = classesOf(known.map(({ corpus, emotion }) => ({ corpus, truth: emotion })));
  const bar = progressBar(known.length);
  const queue = known.values();
  const work = async () => {
    for (const clip of queue) {
      try {
        const original = await readFile(join(how.root, clip.path));
        const bytes = how.opusKbits === null ? original : await reencodeOpus(original, how.opusKbits);
        const reading = await analyzer.analyze(bytes);
        verdicts[clip.corpus] ??= [];
        const verdict = judge(clip.emotion, reading, classes.get(clip.corpus) ?? new Set());
        verdicts[clip.corpus]?.push({ ...verdict, speaker: clip.speaker });
      } catch (error) {
        if (!(error instanceof UserError) && !isFileError(error)) throw error;
        unreadable.push({ path: clip.path, message: error.message });
      }
      bar.step();
    }
  };
  try {
    await Promise.all(Array.from({ length: how.threads + 1 }, work));
  } finally {
    bar.stop();
  }
  return { verdicts, leftOut, unreadable };
}

/** The clips whose emotion is one of the labels, and how many of each emotion are not. */
export function clipsWithLabel<T extends LabelledClip>(
  clips: readonly T[],
  labels: readonly string[],
): { known: T[]; leftOut: Record<string, number> } {
  const leftOut: Record<string, number> = {};
  const known = clips.filter((clip) => {
    if (labels.includes(clip.emotion)) return true;
    leftOut[clip.emotion] = (leftOut[clip.emotion] ?? 0) + 1;
    return false;
  });
  return { known, leftOut };
}

/** Which emotions occur in each corpus. */
export function classesOf(
  clips: Iterable<{ readonly corpus: string; readonly truth: string }>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const classes = new Map<string, Set<string>>();
  for (const { corpus, truth } of clips) classes.set(corpus, (classes.get(corpus) ?? new Set()).add(truth));
  return classes;
}

/** A corpus with four classes asks which of four; a clip in which nobody is heard is always wrong. */
export function judge(
  truth: string,
  reading: Pick<Reading, "speech" | "label" | "confidence" | "scores">,
  classes: ReadonlySet<string>,
): Verdict {
  const open = reading.label;
  if (!reading.speech) return { truth, said: open, confidence: reading.confidence, open };
  const candidates = Object.entries(reading.scores).filter(([label]) => classes.has(label));
  const total = candidates.reduce((sum, [, score]) => sum + score, 0);
  const [said, score] = candidates.reduce((best, next) => (next[1] > best[1] ? next : best));
  return { truth, said, confidence: total > 0 ? score / total : 0, open };
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

function printed(corpora: Readonly<Record<string, Metrics>>, rest: Omit<Scored, "verdicts">): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const blocks = Object.entries(corpora).map(([corpus, metrics]) => {
    const said = [...new Set(Object.values(metrics.confusion).flatMap((row) => Object.keys(row)))].toSorted();
    const width = Math.max(...said.map((label) => label.length), 5) + 1;
    const rows = Object.entries(metrics.confusion).map(
      ([truth, row]) =>
        `  ${truth.padEnd(width)}${said.map((label) => String(row[label] ?? 0).padStart(width)).join("")}` +
        `   recall ${percent(metrics.recall[truth] ?? 0)}`,
    );
    return [
      `${corpus}: UAR ${percent(metrics.uar)} (${percent(metrics.openUar)} with every label allowed), ` +
        `accuracy ${percent(metrics.accuracy)}, ${metrics.n} clips`,
      `  ${"".padEnd(width)}${said.map((label) => label.padStart(width)).join("")}`,
      ...rows,
    ].join("\n");
  });
  const left = Object.entries(rest.leftOut).map(([emotion, n]) => `${emotion} (${n})`);
  if (left.length > 0) blocks.push(`Left out, as the model has no such label: ${left.join(", ")}`);
  if (rest.unreadable.length > 0) {
    blocks.push(rest.unreadable.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  }
  return blocks.join("\n\n");
}
