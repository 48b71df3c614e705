/** One model: a window of samples in, calibrated scores out. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { resample, SAMPLE_RATE_HZ } from "../decode/index.ts";
import { ModelError, readModelFile } from "./file.ts";
import { Graph, type GraphOutputs } from "./graph.ts";
import type { ModelManifest } from "./manifest.ts";

/** What the model hears in one window. */
export interface WindowScores {
  /** Probability per label, in the manifest's order; sums to 1, or empty for a model without labels. */
  readonly scores: readonly number[];
  /** Probability that somebody speaks, 0 to 1. */
  readonly speech: number;
  /** 0 to 1 per dimension, in the manifest's order; empty for a model without. */
  readonly dimensions: readonly number[];
  /** Where the voice lies, whatever the baseline; empty for a model without adaptation. */
  readonly embedding: readonly number[];
}

/** A loaded model. Not for use from several calls at once: one per thread. */
export class Classifier {
  readonly manifest: ModelManifest;
  readonly #graph: Graph;
  /** The baseline of a speaker of whom nothing is known. */
  readonly #population: Float32Array;

  private constructor(manifest: ModelManifest, graph: Graph) {
    this.manifest = manifest;
    this.#graph = graph;
    this.#population = new Float32Array(manifest.adaptation?.size ?? 0);
  }

  /**
   * Loads the graph of a model folder.
   * @param manifest the folder's, from `readManifest`
   * @throws ModelError when the graph isn't there, or isn't the one that the manifest describes.
   */
  static async open(modelDir: string, manifest: ModelManifest): Promise<Classifier> {
    const path = join(modelDir, "model.onnx");
    const bytes = await readModelFile(path);
    if (manifest.sha256 !== undefined && createHash("sha256").update(bytes).digest("hex") !== manifest.sha256) {
      throw new ModelError(`${path} isn't the file that model.json describes: its sha256 differs.`);
    }
    return new Classifier(manifest, await Graph.open(manifest, path, bytes));
  }

  /**
   * Scores windows of one clip: mono samples at `SAMPLE_RATE_HZ`, of one length, which is at least `minimumMs`.
   * As many of them go through the graph at once as the manifest's `batch` says.
   * @param baseline of the speaker, from `baselineOf`; default the population's
   */
  async score(
    windows: readonly Float32Array[],
    baseline: Float32Array = this.#population,
  ): Promise<readonly WindowScores[]> {
    const { batch } = this.manifest;
    const scores: WindowScores[] = [];
    for (let first = 0; first < windows.length; first += batch) {
      const fitting = windows.slice(first, first + batch).map((window) => this.#fit(window));
      for (const given of await this.#graph.run(fitting, baseline)) scores.push(this.#interpret(given));
    }
    return scores;
  }

  /** Samples as the graph wants them. */
  #fit(samples: Float32Array): Float32Array {
    const { sampleRateHz, normalise } = this.manifest;
    const fitting = sampleRateHz === SAMPLE_RATE_HZ ? samples : resample(samples, SAMPLE_RATE_HZ, sampleRateHz);
    return normalise === "standardise" ? standardise(fitting) : fitting;
  }

  #interpret(given: GraphOutputs): WindowScores {
    const { outputs, temperature, dimensions } = this.manifest;
    const logits = outputs.logits === undefined ? given.labels?.map(toLogit) : given.labels;
    const [low, high] = dimensions?.range ?? [0, 1];
    return {
      scores: logits ? softmax(logits, temperature) : [],
      speech: given.speech === undefined ? 1 : sigmoid(given.speech),
      dimensions: Array.from(given.dimensions ?? [], (value) => Math.max(0, Math.min(1, (value - low) / (high - low)))),
      embedding: Array.from(given.embedding ?? []),
    };
  }

  /** Frees the session. */
  async close(): Promise<void> {
    await this.#graph.close();
  }
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** A probability as a logit: the softmax gives it back, and a temperature works on it as on any other. */
function toLogit(probability: number): number {
  return Math.log(Math.max(probability, 1e-12));
}

/** Softmax of logits / temperature. */
function softmax(logits: Float32Array, temperature: number): number[] {
  const peak = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Array.from(logits, (logit) => Math.exp((logit - peak) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Mean 0, variance 1, as wav2vec2's feature extractor does. */
function standardise(samples: Float32Array): Float32Array {
  let sum = 0;
  let squares = 0;
  for (const sample of samples) {
    sum += sample;
    squares += sample * sample;
  }
  const mean = sum / samples.length;
  const deviation = Math.sqrt(Math.max(squares / samples.length - mean * mean, 0) + 1e-7);
  return samples.map((sample) => (sample - mean) / deviation);
}
