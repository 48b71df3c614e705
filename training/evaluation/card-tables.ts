/** The tables of a model's card, out of the protocol's figures. */

import type { Metrics } from "../../src/cli/metrics.ts";
import type { Family } from "./families.ts";
import type { Evaluation } from "./measure.ts";
import { GOAL_CORPORA, type OverFolds } from "./summary.ts";
import { percent, table } from "./tables.ts";

const CONDITION_NAMES: readonly (readonly [condition: string, name: string])[] = [
  ["clean", "as it is on disk"],
  ["opus", "after Opus"],
  ["noise", "room and noise, then Opus"],
];
const CONTEXT_NAMES: readonly (readonly [condition: string, name: string])[] = [
  ["opus", "0"],
  ["context-5", "5"],
  ["context-10", "10"],
  ["context-20", "20"],
  ["context-10-one-emotion", "10, all of one emotion"],
];

/** Accuracy by corpus, people held out: UAR first. */
export function heldOutTable({ heldOut }: Evaluation): string {
  return table(
    [
      "corpus",
      "clips",
      "classes",
      ...CONDITION_NAMES.map(([, name]) => `UAR, ${name}`),
      "UAR, without the fold that the recipe was tried on",
      "UAR, all folds as one",
      "accuracy",
      "UAR, every label allowed",
      "calibration error",
      "calibration error, all folds as one",
      "of a faultless one, by chance",
      "calibration error as it is on disk, all folds as one",
      "calibration error in noise, all folds as one",
    ],
    Object.entries(heldOut).map(([corpus, figures]) => {
      const { opus } = figures;
      return [
        corpus,
        String(opus?.n ?? 0),
        String(Object.keys(opus?.recall ?? {}).length),
        ...CONDITION_NAMES.map(([condition]) => {
          const text = spread(figures[condition]?.folds.uar);
          return condition === "opus" ? `**${text}**` : text;
        }),
        spread(opus?.folds.uarElsewhere),
        percent(opus?.uar),
        spread(opus?.folds.accuracy),
        percent(opus?.openUar),
        spread(opus?.folds.ece),
        percent(opus?.ece),
        spread(opus?.eceByChance),
        percent(figures["clean"]?.ece),
        percent(figures["noise"]?.ece),
      ];
    }),
  );
}

/** Recall of each class, people held out, after Opus. */
export function recallTable({ heldOut }: Evaluation): string {
  const labels = labelsOf(heldOut);
  const rows = Object.entries(heldOut).map(([corpus, { opus }]) => [
    corpus,
    ...labels.map((label) => percent(opus?.recall[label])),
  ]);
  return table(["corpus", ...labels], rows);
}

/** UAR in a corpus of which the network heard nothing. */
export function leftOutTable({ leftOut, leftOutMean }: Evaluation): string {
  const rows = Object.entries(leftOut).map(([corpus, figures]) => [
    corpus,
    String(Object.keys(figures["opus"]?.recall ?? {}).length),
    ...CONDITION_NAMES.map(([condition]) => percent(figures[condition]?.uar)),
    percent(figures["opus"]?.ece),
  ]);
  const means = CONDITION_NAMES.map(([condition]) => `**${percent(leftOutMean[condition])}**`);
  return table(
    ["corpus left out", "classes", ...CONDITION_NAMES.map(([, name]) => `UAR, ${name}`), "calibration error"],
    [...rows, [`mean over ${GOAL_CORPORA.filter((corpus) => leftOut[corpus]).join(", ")}`, "", ...means, ""]],
  );
}

/** UAR by the number of earlier utterances of the same speaker; undefined for a model without adaptation. */
export function contextTable({ heldOut, leftOut, leftOutMean }: Evaluation): string | undefined {
  if (!Object.values(heldOut).some((figures) => figures["context-10"])) return undefined;
  const row = (name: string, uarOf: (condition: string) => number | undefined) => [
    name,
    ...CONTEXT_NAMES.map(([condition]) => percent(uarOf(condition))),
  ];
  return table(
    ["utterances heard before", ...CONTEXT_NAMES.map(([, name]) => name)],
    [
      ...Object.entries(heldOut).map(([corpus, figures]) =>
        row(`${corpus}, people held out`, (condition) => figures[condition]?.folds.uar.mean),
      ),
      ...Object.entries(leftOut).map(([corpus, figures]) =>
        row(`${corpus}, corpus left out`, (condition) => figures[condition]?.uar),
      ),
      row("**mean of the corpora left out**", (condition) => leftOutMean[condition]),
    ],
  );
}

/** UAR by sex, where the corpus tells it. */
export function sexTable({ bySex }: Evaluation): string {
  const cell = (metrics: Metrics | undefined) => (metrics ? `${percent(metrics.uar)} (${metrics.n} clips)` : "–");
  const rows = Object.entries(bySex).map(([corpus, by]) => [corpus, cell(by["f"]), cell(by["m"])]);
  return table(["corpus", "women", "men"], rows);
}

/** UAR and accuracy by language. */
export function languageTable({ byLanguage }: Evaluation): string {
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  const rows = Object.entries(byLanguage).map(([code, { n, uar, accuracy }]) => [
    names.of(code) ?? code,
    String(n),
    percent(uar),
    percent(accuracy),
  ]);
  return table(["language", "clips", "UAR", "accuracy"], rows);
}

/** What saying "uncertain" gains. */
export function abstentionTable({ abstention, abstentionOfAll }: Evaluation): string {
  const rows = Object.entries({ ...abstention, "**all clips**": abstentionOfAll }).map(([corpus, figures]) => [
    corpus,
    percent(figures.accuracy),
    percent(figures.accuracyAt75),
    percent(figures.accuracyAt75 - figures.accuracy),
    percent(figures.answered),
    percent(figures.accuracyAnswered),
  ]);
  const head = ["corpus", "accuracy", "on the surest 75 %", "gain", "answered as shipped", "accuracy on those"];
  return table(head, rows);
}

/** Sounds that nobody says, by kind. */
export function noSpeechTable({ noSpeech }: Evaluation): string {
  const kinds = Object.entries(noSpeech);
  const total = (of: (kind: { n: number; emotions: number }) => number) =>
    kinds.reduce((sum, [, kind]) => sum + of(kind), 0);
  const row = (name: string, n: number, emotions: number) => [name, String(n), String(emotions), percent(emotions / n)];
  const all = row(
    "all",
    total(({ n }) => n),
    total(({ emotions }) => emotions),
  );
  return table(
    ["sound", "clips", "read as an emotion", "%"],
    [...kinds.map(([kind, { n, emotions }]) => row(kind, n, emotions)), all],
  );
}

/** The commonest mistakes of all corpora together: which share of an emotion's clips is heard as which other. */
export function mistakesTable({ heldOut }: Evaluation, count = 10): string {
  const rows = Object.entries(heldOut).flatMap(([corpus, { opus }]) =>
    Object.entries(opus?.confusion ?? {}).flatMap(([truth, said]) => {
      const total = Object.values(said).reduce((a, b) => a + b, 0);
      return Object.entries(said).flatMap(([label, n]) =>
        label === truth ? [] : [{ corpus, truth, label, share: n / total }],
      );
    }),
  );
  const worst = rows.toSorted((a, b) => b.share - a.share).slice(0, count);
  return table(
    ["corpus", "spoken as", "heard as", "% of its clips"],
    worst.map(({ corpus, truth, label, share }) => [corpus, truth, label, percent(share)]),
  );
}

const FAMILY_NAMES: Readonly<Record<string, string>> = {
  svm: "functionals, linear SVM",
  dnn: "functionals, deep network",
  cnn: "log-mel, convolutions",
  lstm: "log-mel, LSTM",
};

/** The textbook's methods and the shipped one (`own`) on the same folds; undefined if none was trained. */
export function familiesTable(
  { families, heldOut }: Evaluation,
  own: Pick<Family, "parameters" | "msPerSecond">,
): string | undefined {
  if (families.length === 0) return undefined;
  const ours = Object.entries(heldOut).map(([corpus, { opus }]) => [corpus, opus?.folds.uar.mean ?? 0] as const);
  const corpora = ours.map(([corpus]) => corpus);
  const row = (name: string, { parameters, msPerSecond, uar }: Omit<Family, "name">) => [
    name,
    parameters.toLocaleString("en"),
    String(msPerSecond),
    ...corpora.map((corpus) => percent(uar[corpus])),
    `**${percent(corpora.reduce((sum, corpus) => sum + (uar[corpus] ?? 0), 0) / corpora.length)}**`,
  ];
  return table(
    ["method", "parameters", "ms per second of audio", ...corpora, "mean"],
    [
      ...families.map((family) => row(FAMILY_NAMES[family.name] ?? family.name, family)),
      row("this model", { ...own, uar: Object.fromEntries(ours) }),
    ],
  );
}

/** One confusion matrix per corpus: rows are what was spoken, columns what was heard, in clips. */
export function confusionTables({ heldOut }: Evaluation): string {
  return Object.entries(heldOut)
    .map(([corpus, { opus }]) => {
      const confusion = opus?.confusion ?? {};
      const said = [...new Set(Object.values(confusion).flatMap((row) => Object.keys(row)))].toSorted();
      const rows = Object.entries(confusion)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([truth, row]) => [truth, ...said.map((label) => String(row[label] ?? 0))]);
      return table([corpus, ...said], rows);
    })
    .join("\n\n");
}

function labelsOf(heldOut: Evaluation["heldOut"]): string[] {
  return [...new Set(Object.values(heldOut).flatMap(({ opus }) => Object.keys(opus?.recall ?? {})))].toSorted();
}

function spread(over: OverFolds | undefined): string {
  return over ? `${percent(over.mean)} ± ${percent(over.deviation)}` : "–";
}
