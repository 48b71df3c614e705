/** `timbre bot` and `timbre worker`, as people start them: each a process of its own, watched from outside. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Journal } from "../../test/discord/journal.ts";
import { Inspector } from "./inspector.ts";

const PROGRAM = join(import.meta.dirname, "..", "..", "src", "cli", "timbre.ts");
/** A busy machine takes its time. */
const START_PATIENCE_MS = 60_000;
/** What is under way is finished, and said; after this (ms) the process is killed. */
const STOP_PATIENCE_MS = 30_000;
const LISTENING = /^Debugger listening on (ws:\S+)/;
/** A line of the log at level "warn" or above. */
const WARNING = /^{"level":[456]0,/;
/** The last words of a process that ended by itself. */
const LAST_LINES = 20;

/** A role that can run alone. */
export type Role = "bot" | "worker";

/** A role that runs. */
export class RoleProcess {
  readonly inspector: Inspector;
  readonly #process: ChildProcess;
  readonly #lines: Journal<string>;

  private constructor(process: ChildProcess, inspector: Inspector, lines: Journal<string>) {
    this.#process = process;
    this.inspector = inspector;
    this.#lines = lines;
  }

  /** All that it wrote so far. */
  get lines(): readonly string[] {
    return this.#lines.entries;
  }

  /** Waits until it wrote a line with these words. @throws Error when it doesn't. */
  async wrote(words: string): Promise<void> {
    await this.#lines.find((line) => line.includes(words), words);
  }

  /** What it logged that somebody should look at. */
  get warnings(): readonly string[] {
    return this.#lines.entries.filter((line) => WARNING.test(line));
  }

  /**
   * Starts a role. A bot is logged in when this resolves; a worker may still be opening its model.
   * @param env all of its environment
   * @throws Error when it doesn't come up
   */
  static async start(role: Role, folder: string, env: Readonly<Record<string, string>>): Promise<RoleProcess> {
    const child = spawn(process.execPath, ["--inspect=127.0.0.1:0", PROGRAM, role], {
      // Where no `.env` is.
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const lines = new Journal<string>();
    for (const stream of [child.stdout, child.stderr]) readLines(stream, (line) => lines.push(line));
    child.once("exit", (code, signal) => {
      if (code === 0 || signal === "SIGKILL") return;
      console.error(`timbre ${role} ended with ${code ?? signal}:\n${lines.entries.slice(-LAST_LINES).join("\n")}`);
    });
    const url = async () => {
      const line = await lines.find((each) => LISTENING.test(each), `timbre ${role}`, START_PATIENCE_MS);
      return LISTENING.exec(line)?.[1] ?? "";
    };
    const inspector = await Inspector.connect(await url());
    if (role === "bot") await lines.find((line) => line.includes("is logged in"), "the bot", START_PATIENCE_MS);
    return new RoleProcess(child, inspector, lines);
  }

  /** Kills it as the kernel would: without a word. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Lets it finish what is under way. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), STOP_PATIENCE_MS);
    await this.#end("SIGTERM");
    clearTimeout(timer);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    // A process that is being looked into waits for whoever looks.
    this.inspector.close();
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill(signal);
    await ended;
  }
}

function readLines(stream: Readable | null, tell: (line: string) => void): void {
  if (stream) createInterface({ input: stream }).on("line", tell);
}
