/** A conversation at the terminal: questions, and words while something takes its time. */

import { clearLine, cursorTo } from "node:readline";
import * as clack from "@clack/prompts";
import type { Keyboard } from "./keyboard.ts";

/** The person pressed Ctrl+C. */
export class Cancelled extends Error {}

/** Asks, and tells. */
export class Conversation {
  readonly #input: Keyboard["keys"];

  /** @param keyboard held for as long as the conversation lasts */
  constructor({ keys }: Keyboard) {
    this.#input = keys;
  }

  /** Asks for yes or no. @throws Cancelled */
  yes(message: string): Promise<boolean> {
    return answerTo(clack.confirm({ message, input: this.#input }));
  }

  /**
   * Asks for what nobody may see.
   * @param validate says what is wrong with an answer; the person then mends it
   * @throws Cancelled
   */
  secret(message: string, validate: (text: string) => string | undefined): Promise<string> {
    return answerTo(clack.password({ message, input: this.#input, validate: (text = "") => validate(text) }));
  }

  /**
   * Says what is being done until it is, and then how it went. A failure is left to whoever catches it. Clack's own
   * spinner reads the keyboard, shows what it reads, and throws it away.
   */
  async working<T>(doing: string, done: string | ((result: T) => string), work: () => Promise<T>): Promise<T> {
    const { stdout } = process;
    stdout.write(`${clack.S_BAR}  ${doing} …`);
    const result = await work().finally(() => {
      cursorTo(stdout, 0);
      clearLine(stdout, 0);
    });
    clack.log.step(typeof done === "string" ? done : done(result));
    return result;
  }
}

async function answerTo<T extends string | boolean>(prompt: Promise<T | typeof clack.CANCEL_SYMBOL>): Promise<T> {
  const answer = await prompt;
  if (answer === clack.CANCEL_SYMBOL) throw new Cancelled();
  return answer;
}
