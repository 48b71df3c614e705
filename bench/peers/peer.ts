/** A peer: a Python program that reads the clips when it is told to. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

/** How long one turn took: all clips decoded, and all clips from their bytes to a label. */
export interface Turn {
  readonly decodeMs: number;
  readonly wholeMs: number;
}

/** Whoever takes turns. */
export interface Contestant {
  readonly name: string;
  turn(): Promise<Turn>;
  close(): Promise<void>;
}

const turnSchema = z.object({ decodeMs: z.number(), wholeMs: z.number() });

/** Each library has a setting of its own for how many threads it uses. */
const ONE_THREAD = Object.fromEntries(
  ["OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA"].map((library) => [`${library}_NUM_THREADS`, "1"]),
);

/**
 * Starts a program of this folder, and waits until it is ready.
 * @throws Error when it ends before; its own words are on standard error
 */
export async function startPeer(
  name: string,
  { python, program, folders }: { python: string; program: string; folders: readonly string[] },
): Promise<Contestant> {
  const child = spawn(python, [join(import.meta.dirname, program), ...folders], {
    env: { ...process.env, ...ONE_THREAD },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${program} ended. Does ${python} have what bench/peers/requirements.txt names?`);
    return JSON.parse(value);
  };
  await next();
  return {
    name,
    async turn() {
      child.stdin.write("go\n");
      return turnSchema.parse(await next());
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
