/** Everything that the protocol reports, out of the kept results. Pure counting. */

import { classesOf, judge } from "../../src/cli/evaluate.ts";
import {
  type CalibrationBin,
  calibrationBins,
  type Metrics,
  measure,
  type RiskPoint,
  riskCoverage,
  type Verdict,
} from "../../src/cli/metrics.ts";
import type { Result, ResultRow } from "./results.ts";
import type { ModelResults } from "./scoring.ts";

/** The mean of leaving one corpus out is taken over these: the corpora that the goals name. */
export const GOAL_CORPORA: readonly string[] = ["tess", "ravdess", "emo-db", "nemo", "urdu-ser"];

/** The fold on whose people the recipe was tried (training/EXPERIMENTS.md), by its place among the folds. */
const DEVELOPMENT_FOLD = 1;

/** Steps of the risk-coverage curve, from 5 to 100 % of the clips. */
const COVERAGES = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** Mean and standard deviation over the folds that hold people of a corpus out. */
export interface OverFolds {
  readonly mean: number;
  readonly deviation: number;
}

/** A corpus under one condition, by people held out. */
export interface CorpusFigures extends Metrics {
  readonly folds: {
    readonly uar: OverFolds;
    readonly accuracy: OverFolds;
    readonly ece: OverFolds;
    /** UAR without the fold that the recipe was tried on; undefined where no other one has the corpus. */
    readonly uarElsewhere: OverFolds | undefined;
  };
}

/** How well the model knows when it doesn't know. */
export interface Abstention {
  readonly accuracy: number;
  /** Accuracy on the surest three quarters. */
  readonly accuracyAt75: number;
  /** Share of the clips that the product doesn't call uncertain, and accuracy on those. */
  readonly answered: number;
  readonly accuracyAnswered: number;
}

/** By condition: `clean`, `opus`, `noise`, and the contexts. */
type ByCondition<T> = Readonly<Record<string, T>>;
type ByCorpus<T> = Readonly<Record<string, T>>;

/** The protocol's figures. Shares of 1. */
export interface Summary {
  readonly folds: number;
  readonly heldOut: ByCorpus<ByCondition<CorpusFigures>>;
  readonly leftOut: ByCorpus<ByCondition<Metrics>>;
  /** Mean UAR over those of `GOAL_CORPORA` that were left out. */
  readonly leftOutMean: ByCondition<number>;
  /** After Opus, by people held out. */
  readonly bySex: ByCorpus<Readonly<Record<string, Metrics>>>;
  readonly byLanguage: Readonly<Record<string, Metrics>>;
  readonly abstention: ByCorpus<Abstention>;
  /** Over the clips of all corpora. */
  readonly abstentionOfAll: Abstention;
  readonly riskCoverage: Readonly<Record<string, readonly RiskPoint[]>>;
  readonly reliability: Readonly<Record<string, readonly CalibrationBin[]>>;
  /** Share of clips with speech that were read as no speech. */
  readonly missedSpeech: ByCondition<number>;
}

/** A row with the verdict among its corpus's classes. */
interface Judged extends Verdict {
  readonly row: ResultRow;
}

/** Sums up the folds and the left-out corpora. */
export function summarise(folds: readonly ModelResults[], leftOut: readonly ModelResults[]): Summary {
  const conditions = [...new Set([...folds, ...leftOut].flatMap((results) => [...results.keys()]))];
  const foldRows = new Map(conditions.map((name) => [name, judgeAll(resultsOf(folds, name))]));
  const lefts = new Map(conditions.map((name) => [name, judgeAll(resultsOf(leftOut, name)).flat()]));
  const opus = (foldRows.get("opus") ?? []).flat();
  const byCorpus = (rows: readonly Judged[]) => group(rows, ({ row }) => row.corpus);
  const leftOutMetrics = pivot(lefts, (rows) => mapValues(byCorpus(rows), measure));
  return {
    folds: folds.length,
    heldOut: pivot(foldRows, figuresByCorpus),
    leftOut: leftOutMetrics,
    leftOutMean: goalMeans(leftOutMetrics),
    bySex: mapValues(byCorpus(opus.filter(({ row }) => row.sex !== undefined)), (rows) =>
      mapValues(
        group(rows, ({ row }) => row.sex ?? ""),
        measure,
      ),
    ),
    byLanguage: mapValues(
      group(
        opus.filter(({ row }) => row.language !== undefined),
        ({ row }) => row.language ?? "",
      ),
      measure,
    ),
    abstention: mapValues(byCorpus(opus), abstention),
    abstentionOfAll: abstention(opus),
    ...curves({
      "new voices": opus,
      "new voices, noise": (foldRows.get("noise") ?? []).flat(),
      "new corpora": lefts.get("opus") ?? [],
    }),
    missedSpeech: Object.fromEntries(
      [...foldRows].map(([name, parts]) => [name, share(parts.flat(), ({ row }) => !row.speech)]),
    ),
  };
}

function curves(series: Readonly<Record<string, readonly Judged[]>>): Pick<Summary, "riskCoverage" | "reliability"> {
  const there = Object.fromEntries(Object.entries(series).filter(([, rows]) => rows.length > 0));
  return {
    riskCoverage: mapValues(there, (rows) => riskCoverage(rows, COVERAGES)),
    reliability: mapValues(there, calibrationBins),
  };
}

function resultsOf(models: readonly ModelResults[], condition: string): Result[] {
  return models.flatMap((results) => results.get(condition) ?? []);
}

/** The verdicts of each result; which classes a corpus has is told by all results together. */
function judgeAll(results: readonly Result[]): Judged[][] {
  const classes = classesOf(results.flatMap(({ rows }) => rows));
  return results.map(({ rows }) =>
    rows.map((row) => ({
      ...judge(row.truth, row, classes.get(row.corpus) ?? new Set()),
      speaker: `${row.corpus} ${row.speaker}`,
      row,
    })),
  );
}

function figuresByCorpus(folds: readonly (readonly Judged[])[]): Record<string, CorpusFigures> {
  return mapValues(
    group(folds.flat(), ({ row }) => row.corpus),
    (rows, corpus) => {
      const parts = folds.flatMap((fold, number) => {
        const own = fold.filter(({ row }) => row.corpus === corpus);
        return own.length > 0 ? [{ number, metrics: measure(own) }] : [];
      });
      const elsewhere = parts.filter(({ number }) => number !== DEVELOPMENT_FOLD);
      const over = (of: (metrics: Metrics) => number, some = parts) =>
        overFolds(some.map(({ metrics }) => of(metrics)));
      return {
        ...measure(rows),
        folds: {
          uar: over(({ uar }) => uar),
          accuracy: over(({ accuracy }) => accuracy),
          ece: over(({ ece }) => ece),
          uarElsewhere: elsewhere.length > 0 ? over(({ uar }) => uar, elsewhere) : undefined,
        },
      };
    },
  );
}

function abstention(rows: readonly Judged[]): Abstention {
  const [all, three] = riskCoverage(rows, [1, 0.75]);
  const answered = rows.filter(({ row }) => !row.uncertain);
  return {
    accuracy: all?.accuracy ?? 0,
    accuracyAt75: three?.accuracy ?? 0,
    answered: share(rows, ({ row }) => !row.uncertain),
    accuracyAnswered: share(answered, ({ truth, said }) => truth === said),
  };
}

function goalMeans(leftOut: Summary["leftOut"]): Record<string, number> {
  const uars: Record<string, number[]> = {};
  for (const corpus of GOAL_CORPORA) {
    for (const [condition, { uar }] of Object.entries(leftOut[corpus] ?? {})) {
      uars[condition] ??= [];
      uars[condition].push(uar);
    }
  }
  return mapValues(uars, (values) => overFolds(values).mean);
}

/** Mean and population standard deviation. */
function overFolds(values: readonly number[]): OverFolds {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}

/** What is measured per condition and corpus, as corpus and then condition. */
function pivot<Rows, T>(
  conditions: ReadonlyMap<string, Rows>,
  measureRows: (rows: Rows) => Readonly<Record<string, T>>,
): Record<string, Record<string, T>> {
  const table: Record<string, Record<string, T>> = {};
  for (const [condition, rows] of conditions) {
    for (const [corpus, figures] of Object.entries(measureRows(rows))) {
      table[corpus] ??= {};
      table[corpus][condition] = figures;
    }
  }
  return table;
}

function group<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, T[]> {
  return Object.fromEntries([...Map.groupBy(items, keyOf)].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
