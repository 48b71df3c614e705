/** Throws bad input at a thread and watches it: no exception, no death, no hang, no more memory than is allowed. */

import "../../src/ser/no-wrapper-code.ts";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { z } from "zod";

/** What one input came to. */
export type Outcome =
  | { readonly kind: "fine" }
  | { readonly kind: "exception" | "crash" | "hang" | "memory"; readonly words: string };

/** Bounds. */
export interface FuzzerOptions {
  /** Module with a function `readEverything`. */
  readonly target: string;
  /** Longest that one input may compute, in ms: on a busy machine a thread may wait much longer for its turn. */
  readonly hangMs: number;
  /** Most memory that the process may ever have held (peak resident set), in bytes. */
  readonly maxMemoryBytes: number;
  /** The process' peak memory, in bytes. */
  readonly peakMemory?: () => number;
}

const reply = z.object({ problem: z.string().nullable() });

/** Runs inputs one after another. */
export class Fuzzer {
  readonly #options: FuzzerOptions;
  #allowedBytes: number;
  #thread: Worker | undefined;

  constructor(options: FuzzerOptions) {
    this.#options = options;
    this.#allowedBytes = options.maxMemoryBytes;
  }

  /** Reads one input in the thread; one that is bad for the thread is reported, and the next finds a fresh thread. */
  async run(bytes: Uint8Array): Promise<Outcome> {
    const { hangMs, peakMemory = () => process.resourceUsage().maxRSS * 1024 } = this.#options;
    const thread = await this.#ready();
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const died = (error: Error) => resolve({ kind: "crash", words: error.stack ?? error.message });
    const exited = (code: number) => resolve({ kind: "crash", words: `the thread ended with code ${code}` });
    const answered = (message: unknown) => {
      const { problem } = reply.parse(message);
      resolve(problem === null ? { kind: "fine" } : { kind: "exception", words: problem });
    };
    const alarm = await watchFor(thread, hangMs, (words) => resolve({ kind: "hang", words }));
    thread.once("error", died).once("exit", exited).on("message", answered);
    thread.postMessage(bytes);
    const outcome = await promise;
    clearInterval(alarm);
    thread.off("error", died).off("exit", exited).off("message", answered);
    if (outcome.kind === "crash" || outcome.kind === "hang") await this.close();
    const peak = peakMemory();
    if (peak <= this.#allowedBytes) return outcome;
    // It never goes down, so from here on only more than this is news.
    this.#allowedBytes = peak;
    return outcome.kind === "fine" ? { kind: "memory", words: `peak of ${peak >> 20} MiB` } : outcome;
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  async #ready(): Promise<Worker> {
    if (this.#thread) return this.#thread;
    const { target } = this.#options;
    const thread = new Worker(new URL("./thread.ts", import.meta.url), { workerData: { target } });
    await once(thread, "message");
    // Deaths between two inputs are told by the next one's `exit`.
    thread.on("error", () => undefined);
    this.#thread = thread;
    return thread;
  }
}

/** A thread that neither computes nor answers hangs as well, after so many times `hangMs`. */
const MOST_PERIODS = 12;

/** Watches how long the thread computes from now on. */
async function watchFor(thread: Worker, hangMs: number, tell: (words: string) => void): Promise<NodeJS.Timeout> {
  const before = await thread.cpuUsage();
  let periods = 0;
  return setInterval(async () => {
    periods += 1;
    const { user, system } = await thread.cpuUsage(before).catch(() => ({ user: 0, system: 0 }));
    const computedMs = (user + system) / 1000;
    if (computedMs >= hangMs) tell(`no end after ${Math.round(computedMs)} ms of computing`);
    else if (periods >= MOST_PERIODS) tell(`no sign of life for ${periods * hangMs} ms`);
  }, hangMs);
}
