/**
 * `npm run eval -- --data DIR --work DIR [--out models/timbre-1]`: the model card's figures.
 *
 * Every fold model that training left in the work folder hears the clips of the people whom it
 * never heard, through the product's own pipeline. The figures go into the card and the manifest
 * of the shipped model, which was trained in the same way on everybody.
 */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type Scored, scoreClips } from "../src/cli/evaluate.ts";
import { readManifestCsv } from "../src/cli/manifest.ts";
import { type Metrics, measure, type Verdict } from "../src/cli/metrics.ts";
import { openAnalyzer } from "../src/ser/index.ts";

const BEGIN = "<!-- measured: begin -->";
const END = "<!-- measured: end -->";

const { data, work, out } = z.object({ data: z.string(), work: z.string(), out: z.string() }).parse(
  parseArgs({
    options: {
      data: { type: "string" },
      work: { type: "string" },
      out: { type: "string", default: "models/timbre-1" },
    },
  }).values,
);

const folds = (await readdir(work)).filter((name) => /^fold-\d+$/.test(name)).toSorted();
const perFold = [];
for (const fold of folds) {
  perFold.push(await scoreFold(join(work, fold)));
  console.error(`${fold} scored`);
}
const corpora = summarise(perFold);
await writeCard(join(out, "CARD.md"), corpora);
await writeMetrics(join(out, "model.json"), corpora);
console.log(JSON.stringify({ corpora }));

interface Summary extends Metrics {
  /** UAR of each fold that holds people of the corpus out. */
  readonly uarByFold: readonly number[];
}

async function scoreFold(folder: string): Promise<Scored["verdicts"]> {
  const threads = availableParallelism();
  const analyzer = await openAnalyzer({ modelDir: folder, threads });
  try {
    const clips = await readManifestCsv(join(folder, "unheard.csv"));
    return (await scoreClips(analyzer, clips, { root: data, threads, opusKbits: null })).verdicts;
  } finally {
    await analyzer.close();
  }
}

function summarise(folds: readonly Scored["verdicts"][]): Record<string, Summary> {
  const names = [...new Set(folds.flatMap((verdicts) => Object.keys(verdicts)))].toSorted();
  return Object.fromEntries(
    names.map((name) => {
      const parts = folds.map((verdicts) => verdicts[name] ?? []).filter((part) => part.length > 0);
      const all: Verdict[] = parts.flat();
      return [name, { ...measure(all), uarByFold: parts.map((part) => measure(part).uar) }];
    }),
  );
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function deviation(values: readonly number[]): number {
  const mean = average(values);
  return Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
}

function average(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function table(corpora: Record<string, Summary>): string {
  const rows = Object.entries(corpora).map(
    ([name, { n, uarByFold, accuracy, ece, openUar, recall }]) =>
      `| ${name} | ${n} | ${Object.keys(recall).length} | **${percent(average(uarByFold))}** ± ${percent(deviation(uarByFold))} | ` +
      `${percent(openUar)} | ${percent(accuracy)} | ${percent(ece)} |`,
  );
  const head = [
    "| corpus | clips | classes | UAR, mean ± deviation over folds | UAR, every label allowed | accuracy | calibration error |",
    "|---|---|---|---|---|---|---|",
  ];
  const labels = [...new Set(Object.values(corpora).flatMap(({ recall }) => Object.keys(recall)))].toSorted();
  const recalls = Object.entries(corpora).map(
    ([name, { recall }]) =>
      `| ${name} | ${labels.map((label) => (recall[label] === undefined ? "–" : percent(recall[label]))).join(" | ")} |`,
  );
  return [
    ...head,
    ...rows,
    "",
    "Recall per class, all folds together:",
    "",
    `| corpus | ${labels.join(" | ")} |`,
    `|---|${labels.map(() => "---|").join("")}`,
    ...recalls,
  ].join("\n");
}

async function writeCard(path: string, corpora: Record<string, Summary>): Promise<void> {
  const card = await readFile(path, "utf8");
  const [before] = card.split(BEGIN);
  const after = card.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} lacks the lines ${BEGIN} and ${END}`);
  await writeFile(path, `${before}${BEGIN}\n${table(corpora)}\n${END}${after}`);
}

async function writeMetrics(path: string, corpora: Record<string, Summary>): Promise<void> {
  const manifest = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, "utf8")));
  const metrics = Object.fromEntries(
    Object.entries(corpora).map(([name, { n, uarByFold }]) => [
      name,
      { n, uar: Number(average(uarByFold).toFixed(4)) },
    ]),
  );
  await writeFile(path, `${JSON.stringify({ ...manifest, metrics }, null, 2)}\n`);
}
