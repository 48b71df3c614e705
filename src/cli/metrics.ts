/** What is measured of a classifier. Pure counting. */

/** Counts by true label, then by what was said. */
export type Confusion = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** One scored clip. */
export interface Verdict {
  readonly truth: string;
  /** The likeliest of the classes that the corpus has. */
  readonly said: string;
  /** Probability of `said` among those classes, 0 to 1. */
  readonly confidence: number;
  /** What a user would have been told, of all labels. */
  readonly open: string;
  /** Who speaks, where that is known. */
  readonly speaker?: string | undefined;
}

/** Metrics of one corpus; shares of 1. */
export interface Metrics {
  /** Clips that were scored. */
  readonly n: number;
  /** Unweighted average recall: the mean of the classes' recalls, so that rare ones count alike. */
  readonly uar: number;
  /** The same where every label may be said, also those that the corpus lacks. */
  readonly openUar: number;
  readonly accuracy: number;
  /** Expected calibration error: how far confidence and accuracy lie apart, in ten bins. */
  readonly ece: number;
  /**
   * The `ece` that faultless confidences would have on these clips by chance alone. Where speakers are known, what one of
   * them says in one emotion may be right or wrong together: then a bin holds fewer chances than clips.
   */
  readonly eceByChance: { readonly mean: number; readonly deviation: number };
  readonly recall: Readonly<Record<string, number>>;
  readonly confusion: Confusion;
}

/** Metrics over the classes that occur as truth. @throws RangeError for no verdicts. */
export function measure(verdicts: readonly Verdict[]): Metrics {
  if (verdicts.length === 0) throw new RangeError("Nothing can be measured on no clips.");
  const confusion: Record<string, Record<string, number>> = {};
  for (const { truth, said } of verdicts) {
    confusion[truth] ??= {};
    confusion[truth][said] = (confusion[truth][said] ?? 0) + 1;
  }
  const recall = Object.fromEntries(
    Object.entries(confusion).map(([truth, row]) => {
      const total = sum(Object.values(row));
      return [truth, (row[truth] ?? 0) / total];
    }),
  );
  const recalls = Object.values(recall);
  const openRecalls = Map.groupBy(verdicts, ({ truth }) => truth)
    .values()
    .map((rows) => rows.filter(({ truth, open }) => truth === open).length / rows.length);
  return {
    n: verdicts.length,
    uar: mean(recalls),
    openUar: mean([...openRecalls]),
    accuracy: accuracyOf(verdicts),
    ece: calibrationError(verdicts),
    eceByChance: errorByChance(verdicts),
    recall,
    confusion,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

const BINS = 10;

/** Clips of like confidence; shares of 1. */
export interface CalibrationBin {
  readonly n: number;
  /** Their mean. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** The verdicts in ten bins of confidence, lowest first; empty bins are left out. */
export function calibrationBins(verdicts: readonly Verdict[]): CalibrationBin[] {
  return inBins(verdicts).map((bin) => ({
    n: bin.length,
    confidence: confidenceOf(bin),
    accuracy: accuracyOf(bin),
  }));
}

function inBins(verdicts: readonly Verdict[]): Verdict[][] {
  const bins = Map.groupBy(verdicts, ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)));
  return [...bins].toSorted(([a], [b]) => a - b).map(([, bin]) => bin);
}

/** Expected calibration error (Guo et al. 2017): the bins' gaps, weighted by their clips. */
function calibrationError(verdicts: readonly Verdict[]): number {
  return calibrationBins(verdicts).reduce(
    (error, { n, confidence, accuracy }) => error + (n / verdicts.length) * Math.abs(confidence - accuracy),
    0,
  );
}

/**
 * The calibration error to be expected where confidences are faultless: a bin's gap is then about normal, and the mean
 * of its size is √(2/π) of its standard deviation. Few clips have much of it, and so have few people: Roelofs et al. 2022,
 * "Mitigating Bias in Calibration Error Estimation".
 */
function errorByChance(verdicts: readonly Verdict[]): Metrics["eceByChance"] {
  const variances = inBins(verdicts).map(
    (bin) => Math.max(varianceAlone(bin), varianceTogether(bin)) / verdicts.length ** 2,
  );
  return {
    mean: sum(variances.map((variance) => Math.sqrt((2 / Math.PI) * variance))),
    deviation: Math.sqrt((1 - 2 / Math.PI) * sum(variances)),
  };
}

/** The variance of how many of a bin's clips are right, were each so by itself with the bin's confidence. */
function varianceAlone(bin: readonly Verdict[]): number {
  const confidence = confidenceOf(bin);
  return bin.length * confidence * (1 - confidence);
}

/**
 * The same as seen between groups whose clips may be right or wrong together, each what a speaker says in an emotion
 * (the sandwich of Liang and Zeger 1986); 0 where no speaker is known.
 */
function varianceTogether(bin: readonly Verdict[]): number {
  const accuracy = accuracyOf(bin);
  const known = bin.filter(({ speaker }) => speaker !== undefined);
  const groups = [...Map.groupBy(known, ({ speaker, truth }) => `${truth} ${speaker}`).values()];
  if (groups.length < 2) return 0;
  const squares = groups.map((group) => (group.length * (accuracyOf(group) - accuracy)) ** 2);
  return (sum(squares) * groups.length) / (groups.length - 1);
}

/** Accuracy on the clips that are answered, when the least confident are left out. */
export interface RiskPoint {
  /** Share of the clips that are answered, above 0 to 1. */
  readonly coverage: number;
  readonly accuracy: number;
}

/**
 * Accuracy at each of the coverages: how much is gained by saying "uncertain" more often.
 * El-Yaniv and Wiener 2010, "On the Foundations of Noise-free Selective Classification".
 */
export function riskCoverage(verdicts: readonly Verdict[], coverages: readonly number[]): RiskPoint[] {
  const surestFirst = verdicts.toSorted((a, b) => b.confidence - a.confidence);
  return coverages.map((coverage) => ({
    coverage,
    accuracy: accuracyOf(surestFirst.slice(0, Math.max(1, Math.round(coverage * verdicts.length)))),
  }));
}

function confidenceOf(verdicts: readonly Verdict[]): number {
  return mean(verdicts.map(({ confidence }) => confidence));
}

function accuracyOf(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ truth, said }) => truth === said).length / verdicts.length;
}
