/** A message that follows something that changes: edited seldom, and only when there is something new to see. */

import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../voice/clock.ts";

/**
 * Shortest time from one edit to the next, in ms. Discord takes about five edits in five seconds for each channel, and
 * fifty requests a second in all: ten channels need two.
 */
export const EDIT_EVERY_MS = 5000;

/** What a readout needs. */
export interface ReadoutParts<Body> {
  readonly clock: Clock;
  /** What there is to see now. */
  render(): Body;
  /** Shows it. It may take as long as Discord wants: meanwhile nothing else is sent. */
  send(body: Body): Promise<void>;
  /** Hears that it couldn't be shown; it is tried again when something changes. */
  onError(error: unknown): void;
}

/** One message. */
export class Readout<Body> {
  readonly #parts: ReadoutParts<Body>;
  #shown: Body;
  #editedMs: number;
  #stopTimer: (() => void) | undefined;
  #isSending = false;
  #isStale = false;
  #isClosed = false;

  /** Follows what `parts` render from now on; `shown` is what the message says already. */
  constructor(parts: ReadoutParts<Body>, shown: Body) {
    this.#parts = parts;
    this.#shown = shown;
    this.#editedMs = parts.clock.now();
  }

  /** Something may have changed. */
  touch(): void {
    if (this.#isClosed || this.#stopTimer) return;
    if (this.#isSending) {
      this.#isStale = true;
      return;
    }
    const { clock } = this.#parts;
    const waitMs = Math.max(0, this.#editedMs + EDIT_EVERY_MS - clock.now());
    this.#stopTimer = clock.after(waitMs, () => {
      this.#stopTimer = undefined;
      void this.#edit();
    });
  }

  /** Shows nothing more. */
  close(): void {
    this.#isClosed = true;
    this.#stopTimer?.();
  }

  async #edit(): Promise<void> {
    const body = this.#parts.render();
    if (isDeepStrictEqual(body, this.#shown)) return;
    this.#isSending = true;
    try {
      await this.#parts.send(body);
      this.#shown = body;
    } catch (error) {
      this.#parts.onError(error);
    }
    this.#editedMs = this.#parts.clock.now();
    this.#isSending = false;
    if (!this.#isStale) return;
    this.#isStale = false;
    this.touch();
  }
}
