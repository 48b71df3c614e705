/** One ONNX session: a window of samples in, calibrated scores out. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { ModelError, type ModelManifest, readManifest } from "./manifest.ts";

/** What the model hears in one window. */
export interface WindowScores {
  /** Probability per label, in the manifest's order; sums to 1. */
  readonly scores: readonly number[];
  /** Probability that somebody speaks, 0 to 1. */
  readonly speech: number;
}

/** A loaded model. Not for use from several calls at once: one per thread. */
export class Classifier {
  readonly manifest: ModelManifest;
  readonly #session: InferenceSession;

  private constructor(manifest: ModelManifest, session: InferenceSession) {
    this.manifest = manifest;
    this.#session = session;
  }

  /**
   * Loads a model folder.
   * @throws ModelError when it isn't one, or when its graph isn't the one that its manifest describes.
   */
  static async open(modelDir: string): Promise<Classifier> {
    const manifest = await readManifest(modelDir);
    const path = join(modelDir, "model.onnx");
    try {
      const graph = await readFile(path);
      if (manifest.sha256 !== undefined && createHash("sha256").update(graph).digest("hex") !== manifest.sha256) {
        throw new ModelError(`${path} isn't the file that model.json describes: its sha256 differs.`);
      }
      // One thread a session is fastest for windows of a few seconds; more sessions use more cores.
      const session = await InferenceSession.create(graph, { intraOpNumThreads: 1, interOpNumThreads: 1 });
      return new Classifier(manifest, session);
    } catch (cause) {
      if (cause instanceof ModelError) throw cause;
      throw new ModelError(`${path} can't be loaded as an ONNX model.`, { cause });
    }
  }

  /** Scores one window of mono samples at the manifest's rate, at least `minimumMs` long. */
  async score(samples: Float32Array): Promise<WindowScores> {
    const { input, outputs, normalise, temperature } = this.manifest;
    const prepared = normalise === "standardise" ? standardise(samples) : samples;
    const results = await this.#session.run({ [input]: new Tensor("float32", prepared, [1, prepared.length]) });
    const logits = floats(results[outputs.logits], outputs.logits);
    if (logits.length !== this.manifest.labels.length) {
      throw new ModelError(`The graph gives ${logits.length} logits for ${this.manifest.labels.length} labels.`);
    }
    const speech = outputs.speech === undefined ? 1 : sigmoid(floats(results[outputs.speech], outputs.speech)[0] ?? 0);
    return { scores: softmax(logits, temperature), speech };
  }

  /** Frees the session. */
  async close(): Promise<void> {
    await this.#session.release();
  }
}

function floats(tensor: Tensor | undefined, name: string): Float32Array {
  const data = tensor?.data;
  if (!(data instanceof Float32Array)) throw new ModelError(`The graph has no float32 output called ${name}.`);
  return data;
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
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
