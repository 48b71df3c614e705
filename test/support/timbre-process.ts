/** Timbre's roles as processes of their own, started by the very command that people use. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Journal } from "../discord/journal.ts";

const PROGRAM = join(import.meta.dirname, "..", "..", "src", "cli", "timbre.ts");

/** A role that runs. */
export interface TimbreProcess {
  readonly child: ChildProcess;
  /** What it writes, line by line: to people, and into the log. */
  readonly said: Journal<string>;
  readonly logged: Journal<string>;
  /** Asks it to stop, as systemd and Docker do, and gives its exit code; null if a signal ended it. */
  stop(): Promise<number | null>;
  /** Kills it as the kernel would: without a word. */
  kill(): Promise<void>;
}

/** Starts `timbre ...args` with `env` and nothing of ours but what a program needs to run. */
export function startTimbre(args: readonly string[], env: Readonly<Record<string, string>>): TimbreProcess {
  const { PATH = "", HOME = "", NODE_EXTRA_CA_CERTS = "" } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { PATH, HOME, ...(NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const said = new Journal<string>();
  const logged = new Journal<string>();
  createInterface(child.stdout).on("line", (line) => said.push(line));
  createInterface(child.stderr).on("line", (line) => logged.push(line));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    child,
    said,
    logged,
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
  };
}
