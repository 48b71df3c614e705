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
  /** The `ece` that faultless confidences would have on so many clips, by chance alone, were no two clips alike. */
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
  const bins = Map.groupBy(verdicts, ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)));
  return [...bins]
    .toSorted(([a], [b]) => a - b)
    .map(([, bin]) => ({
      n: bin.length,
      confidence: mean(bin.map(({ confidence }) => confidence)),
      accuracy: accuracyOf(bin),
    }));
}

/** Expected calibration error (Guo et al. 2017): the bins' gaps, weighted by their clips. */
function calibrationError(verdicts: readonly Verdict[]): number {
  return calibrationBins(verdicts).reduce(
    (error, { n, confidence, accuracy }) => error + (n / verdicts.length) * Math.abs(confidence - accuracy),
    0,
  );
}

/**
 * The calibration error to be expected where each clip is right with the probability that its confidence says: a bin's
 * gap is then about normal, and the mean of its size is √(2/π) of its standard deviation. Few clips have much of it:
 * Roelofs et al. 2022, "Mitigating Bias in Calibration Error Estimation".
 */
function errorByChance(verdicts: readonly Verdict[]): Metrics["eceByChance"] {
  const variances = calibrationBins(verdicts).map(
    ({ n, confidence }) => (n * confidence * (1 - confidence)) / verdicts.length ** 2,
  );
  return {
    mean: sum(variances.map((variance) => Math.sqrt((2 / Math.PI) * variance))),
    deviation: Math.sqrt((1 - 2 / Math.PI) * sum(variances)),
  };
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

function accuracyOf(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ truth, said }) => truth === said).length / verdicts.length;
}
