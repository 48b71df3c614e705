/** Worker threads that read clips, so that neither decoding nor inference ever blocks the event loop. */

import "./model/no-telemetry.ts";
import "./no-wrapper-code.ts";
import { Worker } from "node:worker_threads";
import { type SentenceParameters, UserError, type UserErrorCode } from "../errors.ts";
import type { DecodeLimits } from "./decode/index.ts";
import { ModelError } from "./model/file.ts";
import type { ModelManifest } from "./model/manifest.ts";
import type { AnalysisTimes, ReadingInContext } from "./pipeline.ts";
import type { SpeakerStatistics } from "./speaker.ts";

/** The model that a thread is to load. */
export interface ThreadModel {
  readonly modelDir: string;
  /** The folder's, from `readManifest`. */
  readonly manifest: ModelManifest;
}

/** What a thread is asked. */
export interface ThreadRequest extends Omit<ClipTask, "isPatient"> {
  readonly id: number;
}

/** What a thread says. */
export type ThreadReply =
  | { readonly kind: "ready" }
  | { readonly kind: "no-model"; readonly message: string }
  | {
      readonly kind: "reading";
      readonly id: number;
      readonly result: ReadingInContext;
      readonly times: AnalysisTimes | undefined;
    }
  | {
      readonly kind: "refused";
      readonly id: number;
      readonly code: UserErrorCode;
      readonly parameters: SentenceParameters;
    }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

/** A clip to read. */
export interface ClipTask {
  readonly bytes: Uint8Array;
  readonly limits: DecodeLimits;
  readonly speaker: SpeakerStatistics;
  /** Whether it lets all others go first. */
  readonly isPatient: boolean;
}

/** A thread died of a clip, or had to be ended because of it. */
export class ThreadDeathError extends Error {
  override readonly name = "ThreadDeathError";
}

/** Ten minutes of audio take ten seconds on a core of its own; a clip that takes so long (ms) never ends. */
const LONGEST_MS = 180_000;

/** What the threads do. */
export interface ThreadPoolOptions extends ThreadModel {
  readonly threads: number;
  /** A clip that takes longer (ms) is ended with its thread. Default three minutes. */
  readonly longestMs?: number | undefined;
  /** Told how long each reading took. */
  readonly onTimes?: ((times: AnalysisTimes) => void) | undefined;
}

interface Task {
  readonly id: number;
  readonly clip: ClipTask;
  readonly resolve: (result: ReadingInContext) => void;
  readonly reject: (error: Error) => void;
}

/** One thread and the task that it has in hand. */
interface Seat {
  readonly worker: Worker;
  task: Task | undefined;
  /** Ends the thread if its task doesn't. */
  alarm?: NodeJS.Timeout;
}

/** A fixed number of threads with two lines of waiting clips, of which one goes first. A thread that dies is replaced. */
export class ThreadPool {
  readonly #model: ThreadModel;
  readonly #longestMs: number;
  readonly #onTimes: (times: AnalysisTimes) => void;
  readonly #seats = new Set<Seat>();
  readonly #waiting: Task[] = [];
  readonly #patient: Task[] = [];
  #nextId = 1;
  #closed = false;

  private constructor({ modelDir, manifest, longestMs = LONGEST_MS, onTimes = () => undefined }: ThreadPoolOptions) {
    this.#model = { modelDir, manifest };
    this.#longestMs = longestMs;
    this.#onTimes = onTimes;
  }

  /** Starts the threads and waits until each has loaded the model. @throws ModelError when one can't. */
  static async open(options: ThreadPoolOptions): Promise<ThreadPool> {
    const { threads } = options;
    if (threads < 1) throw new Error("An analyzer needs at least one thread.");
    const pool = new ThreadPool(options);
    try {
      await Promise.all(Array.from({ length: threads }, () => pool.#seat()));
      return pool;
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  /** Reads a clip on the next free thread. Rejects with a UserError, or a ThreadDeathError if the thread died of it. */
  run(clip: ClipTask): Promise<ReadingInContext> {
    if (this.#closed) return Promise.reject(new Error("The analyzer is closed."));
    return new Promise((resolve, reject) => {
      const line = clip.isPatient ? this.#patient : this.#waiting;
      line.push({ id: this.#nextId++, clip, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends all threads; clips that wait or are under way are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const reason = new Error("The analyzer was closed.");
    this.#sendAway(reason);
    const seats = [...this.#seats];
    this.#seats.clear();
    for (const seat of seats) {
      clearTimeout(seat.alarm);
      seat.task?.reject(reason);
    }
    await Promise.all(seats.map((seat) => seat.worker.terminate()));
  }

  #seat(): Promise<void> {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), { workerData: this.#model });
    const seat: Seat = { worker, task: undefined };
    return new Promise((resolve, reject) => {
      // A promise settles once: after "ready" the rejections below do nothing.
      let death: Error = new ThreadDeathError("An analysis thread ended unexpectedly.");
      worker.on("message", (reply: ThreadReply) => {
        if (reply.kind === "ready") {
          this.#seats.add(seat);
          resolve();
        } else if (reply.kind === "no-model") {
          reject(new ModelError(reply.message));
        } else {
          this.#settle(seat, reply);
        }
        this.#dispatch();
      });
      worker.on("error", (error) => {
        death = new ThreadDeathError(`An analysis thread died: ${error.message}`, { cause: error });
      });
      worker.on("exit", () => {
        reject(death);
        if (this.#seats.delete(seat)) this.#replace(seat, death);
      });
    });
  }

  /** A clip that kills its thread fails alone; the next one finds a fresh thread. */
  #replace(seat: Seat, death: Error): void {
    clearTimeout(seat.alarm);
    seat.task?.reject(death);
    if (this.#closed) return;
    this.#seat().catch((error: Error) => {
      if (this.#seats.size === 0) this.#sendAway(error);
    });
  }

  #sendAway(reason: Error): void {
    for (const task of [...this.#waiting.splice(0), ...this.#patient.splice(0)]) task.reject(reason);
  }

  #settle(seat: Seat, reply: Extract<ThreadReply, { id: number }>): void {
    const task = seat.task;
    seat.task = undefined;
    clearTimeout(seat.alarm);
    if (task === undefined || task.id !== reply.id) return;
    if (reply.kind === "reading") {
      if (reply.times) this.#onTimes(reply.times);
      task.resolve(reply.result);
    } else if (reply.kind === "refused") task.reject(new UserError(reply.code, reply.parameters));
    else task.reject(new Error(`Analysis failed: ${reply.message}`));
  }

  #dispatch(): void {
    for (const seat of this.#seats) {
      if (seat.task !== undefined) continue;
      const task = this.#waiting.shift() ?? this.#patient.shift();
      if (task === undefined) return;
      seat.task = task;
      seat.alarm = setTimeout(() => void seat.worker.terminate(), this.#longestMs);
      const { bytes, limits, speaker } = task.clip;
      const request: ThreadRequest = { id: task.id, bytes, limits, speaker };
      seat.worker.postMessage(request);
    }
  }
}
