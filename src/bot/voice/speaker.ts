/** What a listener keeps of one person who agreed: the speech under way, and how well it goes. */

import type { RtpSpan } from "./rtp-header.ts";
import type { Segmenter } from "./segmenter.ts";

/** Packets in a row that no key opened. */
export interface Failures {
  readonly inARow: number;
  readonly sinceMs: number;
  readonly forMs: number;
}

/** One speaker. */
export class Speaker {
  readonly segmenter: Segmenter;
  #failures = 0;
  #failingSinceMs = 0;
  #stopExpecting: (() => void) | undefined;

  constructor(segmenter: Segmenter) {
    this.segmenter = segmenter;
  }

  /** Sets the timer for the first packet, unless it runs. */
  expect(startTimer: () => () => void): void {
    this.#stopExpecting ??= startTimer();
  }

  /** Something arrived, whatever it is. */
  heardFrom(): void {
    this.#stopExpecting?.();
    this.#stopExpecting = undefined;
  }

  /** A packet couldn't be decrypted. */
  failed(nowMs: number): Failures {
    if (this.#failures === 0) this.#failingSinceMs = nowMs;
    this.#failures += 1;
    return { inARow: this.#failures, sinceMs: this.#failingSinceMs, forMs: nowMs - this.#failingSinceMs };
  }

  /** A packet was decrypted. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** The connection begins anew. */
  restart(): void {
    this.succeeded();
    this.heardFrom();
  }

  /** Forgets what is under way; says where it was, if there was something. */
  forget(): RtpSpan | undefined {
    this.heardFrom();
    return this.segmenter.discard();
  }
}
