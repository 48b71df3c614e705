/** One alarm for many deadlines that move all the time: it looks again when it rings. */

import type { Clock } from "./clock.ts";

/** A timer that is later than this (ms) says that this whole process stood still. */
const STANDSTILL_MS = 100;

/** What an alarm needs. */
export interface AlarmParts {
  readonly clock: Clock;
  /** The deadlines now, in ms since 1970. */
  deadlinesMs(): readonly (number | undefined)[];
  /** One of them may have come. */
  ring(nowMs: number): void;
}

/** An alarm. */
export class Alarm {
  readonly #parts: AlarmParts;
  #stop: (() => void) | undefined;
  #isClosed = false;

  constructor(parts: AlarmParts) {
    this.#parts = parts;
  }

  /** Sets it for the next deadline, unless it is set; not earlier than `earliestMs`. */
  set(earliestMs = 0): void {
    if (this.#stop || this.#isClosed) return;
    const { clock, deadlinesMs, ring } = this.#parts;
    const nextMs = Math.min(...deadlinesMs().filter((each) => each !== undefined));
    if (!Number.isFinite(nextMs)) return;
    const dueMs = Math.max(clock.now(), earliestMs, nextMs);
    this.#stop = clock.after(dueMs - clock.now(), () => {
      this.#stop = undefined;
      const nowMs = clock.now();
      // What arrived meanwhile is read before anybody counts as silent.
      if (nowMs - dueMs > STANDSTILL_MS) return this.set(nowMs + STANDSTILL_MS);
      ring(nowMs);
      this.set();
    });
  }

  /** It doesn't ring any more. */
  close(): void {
    this.#isClosed = true;
    this.#stop?.();
  }
}
