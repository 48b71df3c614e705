/** Opens a model and analyses clips with it, off the event loop. */

import { DEFAULT_LIMITS } from "./limits.ts";
import { readManifest } from "./model/manifest.ts";
import type { AnalysisTimes, ReadingInContext } from "./pipeline.ts";
import type { ModelInfo, Reading } from "./reading.ts";
import { type SpeakerStatistics, UNHEARD } from "./speaker.ts";
import { speakerSchema } from "./speaker-schema.ts";
import { ThreadPool } from "./thread-pool.ts";

/** What an analyzer needs. */
export interface AnalyzerOptions {
  /** Folder with `model.onnx` and `model.json`. */
  readonly modelDir: string;
  /** Worker threads, each with a model session of its own. Default 1. */
  readonly threads?: number;
  /** Longest that one clip may take, in ms; its thread is ended then, and the clip rejected. Default three minutes. */
  readonly longestMs?: number;
  /** Told how long the parts of each analysis took. */
  readonly onTimes?: (times: AnalysisTimes) => void;
}

/** Limits for one clip. */
export interface AnalyzeOptions {
  /** Longest audio that is decoded, in ms; longer clips fail with `too-long`. Default 10 minutes. */
  readonly maxDurationMs?: number;
  /** Largest file, in bytes; larger ones fail with `too-large`. Default 100 MiB. */
  readonly maxBytes?: number;
  /** Lets clips go first that come without this, also those that come later. Default false. */
  readonly isPatient?: boolean;
}

/** A loaded model. */
export interface Analyzer {
  readonly model: ModelInfo;
  /** The model's labels in its order; none for a model that gives dimensions only. */
  readonly labels: readonly string[];
  /**
   * Hears how a clip is said. The container and codec are told by content.
   * @throws UserError when the bytes can't be analysed.
   */
  analyze(bytes: Uint8Array, options?: AnalyzeOptions): Promise<Reading>;
  /**
   * The same for one utterance of a speaker who is heard again and again, as in a live session: what was heard before
   * makes the reading surer. Pass `UNHEARD` first, then what came back last; forget it when the session ends.
   * A model without adaptation ignores it and gives it back.
   * @throws UserError when the bytes can't be analysed, ZodError when the statistics are none.
   */
  analyzeInContext(bytes: Uint8Array, speaker: SpeakerStatistics, options?: AnalyzeOptions): Promise<ReadingInContext>;
  /** Ends the threads; clips under way are rejected. */
  close(): Promise<void>;
}

/** Loads a model folder. @throws ModelError when the folder isn't a model; the message says why. */
export async function openAnalyzer(options: AnalyzerOptions): Promise<Analyzer> {
  const manifest = await readManifest(options.modelDir);
  const pool = await ThreadPool.open({ ...options, manifest, threads: options.threads ?? 1 });
  const analyzeInContext: Analyzer["analyzeInContext"] = async (
    bytes,
    speaker,
    { isPatient = false, ...limits } = {},
  ) => pool.run({ bytes, speaker: speakerSchema.parse(speaker), limits: { ...DEFAULT_LIMITS, ...limits }, isPatient });
  return {
    model: { name: manifest.name, version: manifest.version },
    labels: manifest.labels,
    analyze: async (bytes, limits) => (await analyzeInContext(bytes, UNHEARD, limits)).reading,
    analyzeInContext,
    close: () => pool.close(),
  };
}

/** Which model a folder holds, without loading it. @throws ModelError when the folder isn't a model. */
export async function readModelInfo(modelDir: string): Promise<ModelInfo> {
  const { name, version } = await readManifest(modelDir);
  return { name, version };
}
