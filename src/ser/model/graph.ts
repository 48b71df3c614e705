/** An ONNX graph as its manifest describes it: tensors in, tensors out, and nothing of what they mean. */

import "./no-telemetry.ts";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { concat, release } from "../decode/index.ts";
import { ModelError } from "./file.ts";
import type { ModelManifest } from "./manifest.ts";

/** What the graph gives for one window; an output that the manifest doesn't name is undefined. */
export interface GraphOutputs {
  /** One value per label, logits or probabilities. */
  readonly labels: Float32Array | undefined;
  /** Logit of "somebody speaks". */
  readonly speech: number | undefined;
  readonly dimensions: Float32Array | undefined;
  readonly embedding: Float32Array | undefined;
}

/** A loaded graph. Not for use from several calls at once. */
export class Graph {
  readonly #manifest: ModelManifest;
  readonly #session: InferenceSession;

  private constructor(manifest: ModelManifest, session: InferenceSession) {
    this.#manifest = manifest;
    this.#session = session;
  }

  /**
   * Loads a graph and runs it once, so that a manifest that doesn't fit it is found out now and not at the first clip.
   * @throws ModelError that says what doesn't fit
   */
  static async open(manifest: ModelManifest, path: string, bytes: Uint8Array): Promise<Graph> {
    const session = await load(path, bytes);
    const graph = new Graph(manifest, session);
    try {
      checkNames(manifest, session, path);
      const windows = new Array<Float32Array>(manifest.batch).fill(probe(manifest));
      await graph.run(windows, new Float32Array(manifest.adaptation?.size ?? 0));
      return graph;
    } catch (cause) {
      await session.release();
      if (cause instanceof ModelError) throw cause;
      throw new ModelError(`${path} doesn't run as model.json describes it: ${message(cause)}`, { cause });
    }
  }

  /**
   * Runs windows of one speaker, of one length at the manifest's rate, at most the manifest's `batch` of them.
   * @returns an entry for each window
   * @throws ModelError when an output has another size
   */
  async run(windows: readonly Float32Array[], baseline: Float32Array): Promise<GraphOutputs[]> {
    const { input, outputs, labels, dimensions, adaptation } = this.#manifest;
    const waveforms = concat(windows);
    const feeds: Record<string, Tensor> = { [input]: rowsIn(waveforms, windows.length) };
    if (adaptation) feeds[adaptation.input] = rowsIn(concat(windows.map(() => baseline)), windows.length);
    const results = await this.#session.run(feeds);
    release([waveforms]);
    const take = (name: string, size: number, what: string) =>
      rowsOf(results[name], { name, size, what, count: windows.length });
    const scores = outputs.logits ?? outputs.probabilities;
    const all = {
      labels: scores === undefined ? [] : take(scores, labels.length, "labels"),
      speech: outputs.speech === undefined ? [] : take(outputs.speech, 1, "speech logit").map(([logit]) => logit),
      dimensions: dimensions ? take(dimensions.output, dimensions.names.length, "dimensions") : [],
      embedding: adaptation ? take(adaptation.output, adaptation.size, "adaptation.size") : [],
    };
    return windows.map((_, row) => ({
      labels: all.labels[row],
      speech: all.speech[row],
      dimensions: all.dimensions[row],
      embedding: all.embedding[row],
    }));
  }

  /** Frees the session. */
  async close(): Promise<void> {
    await this.#session.release();
  }
}

async function load(path: string, bytes: Uint8Array): Promise<InferenceSession> {
  try {
    // One thread a session is fastest for windows of a few seconds; more sessions use more cores.
    return await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  } catch (cause) {
    throw new ModelError(`${path} can't be loaded as an ONNX model.`, { cause });
  }
}

function checkNames(manifest: ModelManifest, session: InferenceSession, path: string): void {
  const { input, outputs, dimensions, adaptation } = manifest;
  const inputs = [input, adaptation?.input];
  const wanted = [...Object.values(outputs), dimensions?.output, adaptation?.output];
  const check = (kind: string, names: readonly (string | undefined)[], has: readonly string[]) => {
    for (const name of names) {
      if (name === undefined || has.includes(name)) continue;
      throw new ModelError(`${path} has no ${kind} called ${name}, which model.json names; it has ${has.join(", ")}.`);
    }
  };
  check("input", inputs, session.inputNames);
  check("output", wanted, session.outputNames);
  const unfed = session.inputNames.filter((name) => !inputs.includes(name));
  if (unfed.length > 0) {
    throw new ModelError(`${path} also wants the input ${unfed.join(", ")}, which model.json doesn't name.`);
  }
}

/** The shortest window that the manifest allows, of a soft tone: a graph may divide by the level. */
function probe({ minimumMs, sampleRateHz }: ModelManifest): Float32Array {
  const length = Math.ceil((minimumMs / 1000) * sampleRateHz);
  return Float32Array.from({ length }, (_, i) => 0.1 * Math.sin((2 * Math.PI * 200 * i) / sampleRateHz));
}

/** A tensor of so many rows, which are of one length and stand one after the other. */
function rowsIn(values: Float32Array, rows: number): Tensor {
  return new Tensor("float32", values, [rows, values.length / rows]);
}

/** What an output should have: `count` rows of `size` values. */
interface Wanted {
  readonly name: string;
  readonly size: number;
  readonly what: string;
  readonly count: number;
}

/** An output's rows. The size counts all axes but the windows': (1, 7), (7) and (1, 1, 7) are the same here. */
function rowsOf(tensor: Tensor | undefined, { name, size, what, count }: Wanted): Float32Array[] {
  const data = tensor?.data;
  if (!(data instanceof Float32Array)) throw new ModelError(`The graph's output ${name} isn't float32.`);
  if (data.length !== size * count) {
    const windows = count === 1 ? "" : ` for each of ${count} windows, its batch`;
    throw new ModelError(
      `The graph's output ${name} has ${data.length} values, but model.json says ${size} (${what})${windows}.`,
    );
  }
  return Array.from({ length: count }, (_, row) => data.subarray(row * size, (row + 1) * size));
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
