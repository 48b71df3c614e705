/** Threads that score clips with one model. */

import "../../src/ser/model/no-telemetry.ts";
import "../../src/ser/no-wrapper-code.ts";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Verdict } from "../../src/ser/hear.ts";
import { ModelError } from "../../src/ser/model/file.ts";
import { type ModelManifest, readManifest } from "../../src/ser/model/manifest.ts";
import type { SpeakerStatistics } from "../../src/ser/speaker.ts";
import type { ThreadModel } from "../../src/ser/thread-pool.ts";
import type { ClipFolders, Condition } from "./conditions.ts";
import type { NoSpeechSound } from "./no-speech.ts";

/** The model that a thread is to load, and where clips are. */
export interface ScoreSetting extends ThreadModel, ClipFolders {}

/** One sound to score, once for each of the speakers' statistics. */
export type ScoreJob = (
  | { readonly kind: "clip"; readonly path: string; readonly condition: Condition }
  | { readonly kind: "sound"; readonly sound: NoSpeechSound }
) & { readonly speakers: readonly SpeakerStatistics[] };

/** What was heard, and where the voice lies. */
export interface Scored {
  readonly said: Omit<Verdict, "timeline">;
  readonly embedding: readonly number[];
}

/** What a thread says. */
export type ScoreReply =
  | { readonly kind: "ready" }
  | { readonly kind: "no-model"; readonly message: string }
  | { readonly kind: "scored"; readonly id: number; readonly scored: Scored[] }
  | { readonly kind: "unreadable"; readonly id: number; readonly message: string };

/** Why a clip has no score. */
export class UnreadableClip extends Error {
  override readonly name = "UnreadableClip";
}

/** As many threads as the machine has cores, each with the model open. A thread that dies ends the evaluation. */
export class ScorePool {
  readonly manifest: ModelManifest;
  readonly #workers: readonly Worker[];

  private constructor(manifest: ModelManifest, workers: readonly Worker[]) {
    this.manifest = manifest;
    this.#workers = workers;
  }

  /** @throws ModelError when the folder isn't a model. */
  static async open(modelDir: string, folders: ClipFolders): Promise<ScorePool> {
    const manifest = await readManifest(modelDir);
    const workerData: ScoreSetting = { modelDir, manifest, ...folders };
    const workers = Array.from({ length: availableParallelism() }, () => {
      return new Worker(new URL("./score-thread.ts", import.meta.url), { workerData });
    });
    try {
      await Promise.all(workers.map(ready));
      return new ScorePool(manifest, workers);
    } catch (error) {
      await Promise.all(workers.map((worker) => worker.terminate()));
      throw error;
    }
  }

  /** Scores all jobs; `done` gets each as it comes, with its place in the list. */
  async run(
    jobs: readonly ScoreJob[],
    done: (scored: Scored[] | UnreadableClip, index: number) => void,
  ): Promise<void> {
    const queue = jobs.entries();
    await Promise.all(
      this.#workers.map(async (worker) => {
        for (const [index, job] of queue) done(await ask(worker, index, job), index);
      }),
    );
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** Waits until a thread has loaded the model. */
async function ready(worker: Worker): Promise<void> {
  const reply = await nextReply(worker);
  if (reply.kind === "no-model") throw new ModelError(reply.message);
  if (reply.kind !== "ready") throw new Error("A thread spoke out of turn.");
}

async function ask(worker: Worker, id: number, job: ScoreJob): Promise<Scored[] | UnreadableClip> {
  const answer = nextReply(worker);
  worker.postMessage({ id, job });
  const reply = await answer;
  if (reply.kind === "unreadable") return new UnreadableClip(reply.message);
  if (reply.kind !== "scored") throw new Error("A thread spoke out of turn.");
  return reply.scored;
}

function nextReply(worker: Worker): Promise<ScoreReply> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
    };
    const onMessage = (reply: ScoreReply) => {
      leave();
      resolve(reply);
    };
    const onError = (error: Error) => {
      leave();
      reject(error);
    };
    const onExit = () => onError(new Error("A scoring thread ended unexpectedly."));
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
  });
}
