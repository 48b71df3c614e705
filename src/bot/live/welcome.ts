/** Tells those who join a channel that Timbre listens there: each once a session, and many who come at once together. */

import type { Clock } from "../voice/clock.ts";

/** Those who come within this (ms) are told together. */
const GATHER_MS = 2000;

/** What it needs. */
export interface WelcomeParts {
  readonly clock: Clock;
  /** Tells them. */
  tell(userIds: readonly string[]): Promise<void>;
}

/** One session's welcomes. */
export class Welcome {
  readonly #parts: WelcomeParts;
  readonly #told: Set<string>;
  #waiting: string[] = [];
  #stopTimer: (() => void) | undefined;

  /** `told` know already. */
  constructor(parts: WelcomeParts, told: Iterable<string>) {
    this.#parts = parts;
    this.#told = new Set(told);
  }

  /** Somebody joins. */
  greet(userId: string): void {
    if (this.#told.has(userId)) return;
    this.#told.add(userId);
    this.#waiting.push(userId);
    this.#stopTimer ??= this.#parts.clock.after(GATHER_MS, () => {
      this.#stopTimer = undefined;
      void this.#parts.tell(this.#waiting.splice(0));
    });
  }

  /** Tells nobody any more. */
  close(): void {
    this.#stopTimer?.();
  }
}
