/** The keyboard for the length of a conversation at the terminal: nothing typed is shown by itself, and nothing is lost. */

import { Readable } from "node:stream";
import type { ReadStream } from "node:tty";

const CTRL_C = "\u0003";
/** How a terminal in its ordinary mode ends a line: what was typed before the keyboard was held may have it. */
const LINE_END = /\r?\n/g;

/** A keyboard that is held. Disposing of it gives the terminal back. */
export interface Keyboard extends Disposable {
  /** The keys, for one prompt after the other: each reads until it has its answer. */
  readonly keys: Readable;
}

/**
 * Holds a terminal's keyboard. Prompts that take the terminal each for itself give it back in between, and for that
 * moment it shows what is typed: a token, say. Here it stays in raw mode, and what is typed while no prompt reads waits
 * for the next one. Only Ctrl+C doesn't wait: it ends the process, as it does in a terminal that isn't raw.
 */
export function holdKeyboard(terminal: ReadStream): Keyboard {
  // One key at a time: of a chunk that holds two answers, each prompt takes its own.
  const keys = new Readable({ objectMode: true, read() {} });
  const type = (text: string) => {
    if (text.includes(CTRL_C) && !keys.readableFlowing) process.kill(process.pid, "SIGINT");
    else for (const key of text.replace(LINE_END, "\r")) keys.push(key);
  };
  terminal.setRawMode(true).setEncoding("utf8").on("data", type);
  return {
    keys,
    [Symbol.dispose]() {
      terminal.off("data", type).pause();
      terminal.setRawMode(false);
    },
  };
}
