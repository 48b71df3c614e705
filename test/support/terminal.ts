/** A terminal with a program in it: a real pseudo-terminal (util-linux' `script`), and what a person sees on it. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import xterm from "@xterm/headless";

/** Size of the terminal, in characters. */
export const COLUMNS = 96;
const ROWS = 60;
/** How long (ms) anything is waited for. */
const PATIENCE_MS = 30_000;

/** A program that runs in a terminal. */
export interface TestTerminal {
  /** The emulator, for whoever wants to draw it. */
  readonly emulator: xterm.Terminal;
  /** The screen as a person reads it, and what has scrolled away above it. */
  text(): string;
  /** Everything that the program ever wrote, with its control codes. */
  raw(): string;
  /** Waits until `words` are on the screen. @throws Error with the screen when they don't come. */
  sees(words: string): Promise<void>;
  /** Types. */
  type(keys: string): void;
  /** Waits for the program's end and gives its exit code. */
  ended(): Promise<number>;
}

/** Runs a program, in `cwd` and with `env` alone, until it ends by itself. */
export function runInTerminal(
  command: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): TestTerminal {
  const emulator = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, scrollback: 500, allowProposedApi: true });
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const line = `stty cols ${COLUMNS} rows ${ROWS}; exec ${quoted}`;
  const child = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
    cwd,
    env: { ...env, TERM: "xterm-256color", SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  let raw = "";
  const looks = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    raw += chunk;
    emulator.write(chunk, () => {
      for (const look of [...looks]) look();
    });
  });
  const text = () => screenOf(emulator);
  return {
    emulator,
    text,
    raw: () => raw,
    sees: (words) =>
      new Promise((resolve, reject) => {
        const done = () => {
          clearTimeout(timer);
          looks.delete(look);
        };
        const look = () => {
          if (!text().includes(words)) return;
          done();
          resolve();
        };
        const timer = setTimeout(() => {
          done();
          child.kill();
          reject(new Error(`"${words}" never came. The screen:\n${text()}`));
        }, PATIENCE_MS);
        looks.add(look);
        look();
      }),
    type: (keys) => child.stdin.write(keys),
    ended: async () => {
      const [code] = await exit;
      return Number(code);
    },
  };
}

function screenOf({ buffer }: xterm.Terminal): string {
  const lines = Array.from({ length: buffer.active.length }, (_, row) => {
    const line = buffer.active.getLine(row);
    const words = line?.translateToString(true) ?? "";
    return line?.isWrapped ? words : `\n${words}`;
  });
  return lines.join("").trim();
}
