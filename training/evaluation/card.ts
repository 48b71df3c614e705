/** Writes what was measured into a model's folder: the card's tables between its markers, pictures, and the manifest's metrics. */

import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ManifestError } from "../../src/cli/manifest.ts";
import * as tables from "./card-tables.ts";
import { type Cost, costOf } from "./cost.ts";
import type { Evaluation } from "./measure.ts";
import { readManifestFields, sha256Of } from "./models.ts";
import { reliabilityPicture, riskCoveragePicture } from "./pictures.ts";
import { percent, table } from "./tables.ts";

/** The measured part; the first marker says of which graph it speaks. */
const MEASURED = /<!-- measured: begin[^>]*-->[\s\S]*<!-- measured: end -->/;

/** Writes the card, its pictures and the metrics. @throws ManifestError as `readCard`. */
export async function writeCard(modelDir: string, evaluation: Evaluation): Promise<void> {
  const graph = join(modelDir, "model.onnx");
  const sha256 = await sha256Of(graph);
  const card = await readCard(modelDir);
  await writeFile(join(modelDir, "risk-coverage.png"), await riskCoveragePicture(evaluation.riskCoverage));
  await writeFile(join(modelDir, "reliability.png"), await reliabilityPicture(evaluation.reliability));
  const cost = await costOf(modelDir);
  const measured = [
    `<!-- measured: begin sha256=${sha256} -->`,
    body(evaluation),
    costSection(cost, (await stat(graph)).size),
    ...(await familiesSection(modelDir, evaluation, cost)),
    "<!-- measured: end -->",
  ].join("\n\n");
  await writeFile(
    cardOf(modelDir),
    card.replace(MEASURED, () => measured),
  );
  await writeMetrics(modelDir, evaluation);
}

/** A model's card, with the place for what is measured. @throws ManifestError when it isn't there, or lacks its markers */
export async function readCard(modelDir: string): Promise<string> {
  const path = cardOf(modelDir);
  const card = await readFile(path, "utf8").catch(() => "");
  if (MEASURED.test(card)) return card;
  throw new ManifestError(
    `${path} must have the lines <!-- measured: begin --> and <!-- measured: end -->: what is measured is written between.`,
  );
}

function cardOf(modelDir: string): string {
  return join(modelDir, "CARD.md");
}

function body(evaluation: Evaluation): string {
  const context = tables.contextTable(evaluation);
  const section = (title: string, ...parts: string[]) => [`### ${title}`, ...parts].join("\n\n");
  return [
    section(
      `New voices (${evaluation.folds} folds of whole people)`,
      tables.heldOutTable(evaluation),
      "Mean ± deviation over the folds that hold people of the corpus out. All that stands right of the conditions and doesn't name one is after Opus. " +
        "Where a fold has two or three clips of an emotion, its UAR is chance, and all folds as one say more. The " +
        "calibration error is the expected one, of ten bins. Even faultless confidences show one on few clips, and of few people, as what one of them says in " +
        "one emotion is often right or wrong as a whole: the mean of it and its deviation stand beside. Recall per class, after Opus:",
      tables.recallTable(evaluation),
    ),
    section(
      "New corpora (each left out of training as a whole)",
      "UAR among the classes that the corpus has, and the expected calibration error after Opus, with the corrections of the other corpora:",
      tables.leftOutTable(evaluation),
    ),
    ...(context === undefined
      ? []
      : [
          section(
            "When the speaker was heard before",
            "UAR after Opus, by how many unlabelled utterances came before:",
            context,
          ),
        ]),
    section(
      "By sex and language",
      "UAR after Opus, new voices:",
      tables.sexTable(evaluation),
      tables.languageTable(evaluation),
    ),
    section(
      "When it says that it doesn't know",
      tables.abstentionTable(evaluation),
      "![Accuracy on the clips that are answered, against the share of them](risk-coverage.png)",
      "![How often the model is right, against how sure it says it is](reliability.png)",
    ),
    section(
      "Sounds that nobody says",
      tables.noSpeechTable(evaluation),
      `Of the clips with speech ${percent(evaluation.missedSpeech["opus"])} % are read as no speech after Opus, ` +
        `${percent(evaluation.missedSpeech["noise"])} % in noise.`,
    ),
    section(
      "What it mistakes for what",
      "The commonest mistakes with new voices, after Opus:",
      tables.mistakesTable(evaluation),
      "<details><summary>Confusion matrices (rows: spoken as, columns: heard as; clips)</summary>",
      tables.confusionTables(evaluation),
      "</details>",
    ),
  ].join("\n\n");
}

function costSection(cost: Cost, bytes: number): string {
  const rows = [
    ["size of model.onnx", `${(bytes / 1e6).toFixed(2)} MB`],
    ["graph, per second of audio that it hears", `${cost.inferenceMsPerSecondHeard} ms on one core`],
    ["whole pipeline, a minute of Ogg/Opus", `${cost.realTimeFactor["whole"]} times real time on one core`],
    ["peak memory of a process", `${Math.round(cost.peakMemoryMiB)} MiB`],
  ];
  return ["### Cost", table(["", "by `npm run bench`"], rows)].join("\n\n");
}

const trainedSchema = z.object({ training: z.object({ parameters: z.number() }) });

async function familiesSection(modelDir: string, evaluation: Evaluation, cost: Cost): Promise<string[]> {
  const trained = trainedSchema.safeParse(await readManifestFields(modelDir));
  if (!trained.success) return [];
  const { parameters } = trained.data.training;
  const families = tables.familiesTable(evaluation, { parameters, msPerSecond: cost.inferenceMsPerSecondHeard });
  if (families === undefined) return [];
  const text =
    "UAR after Opus, the same people held out. They learn from the labels of augmented clips, without a teacher:";
  return ["### Beside the textbook's methods", text, families];
}

/** The most important figures for programs; shares of 1. */
async function writeMetrics(modelDir: string, evaluation: Evaluation): Promise<void> {
  const manifest = await readManifestFields(modelDir);
  const round = (value: number) => Number(value.toFixed(4));
  const uars = (record: Readonly<Record<string, Readonly<Record<string, { readonly uar: number }>>>>) =>
    Object.fromEntries(
      Object.entries(record).map(([corpus, figures]) => [
        corpus,
        Object.fromEntries(Object.entries(figures).map(([condition, { uar }]) => [condition, round(uar)])),
      ]),
    );
  const counts = Object.values(evaluation.noSpeech);
  const metrics = {
    /** UAR, mean over folds of whole people. */
    newVoices: uars(
      Object.fromEntries(
        Object.entries(evaluation.heldOut).map(([corpus, figures]) => [
          corpus,
          Object.fromEntries(
            Object.entries(figures).map(([condition, { folds }]) => [condition, { uar: folds.uar.mean }]),
          ),
        ]),
      ),
    ),
    newCorpora: uars(evaluation.leftOut),
    newCorporaMean: Object.fromEntries(
      Object.entries(evaluation.leftOutMean).map(([condition, uar]) => [condition, round(uar)]),
    ),
    noSpeechReadAsEmotion: round(
      counts.reduce((sum, { emotions }) => sum + emotions, 0) / counts.reduce((sum, { n }) => sum + n, 0),
    ),
    speechReadAsNone: round(evaluation.missedSpeech["opus"] ?? 0),
  };
  await writeFile(join(modelDir, "model.json"), `${JSON.stringify({ ...manifest, metrics }, null, 2)}\n`);
}
