/** How well a session hears: kept in the store, counted, and logged, again and again. */

import type { Logger } from "pino";
import type { Store, VoiceHealth } from "../../store/index.ts";
import { loggable } from "../loggable.ts";
import type { Clock } from "../voice/clock.ts";
import { DROP_REASONS, type DropReason, type VoiceReport } from "../voice/watchdog.ts";

/** What came to the sums since the last time, for counters. */
export interface HeardSince {
  /** How long people who agreed spoke, and how much of it arrived, in ms. */
  readonly speakingMs: number;
  readonly audioMs: number;
  /** Utterances handed on to be read. */
  readonly utterances: number;
  /** Dropped ones by reason. */
  readonly dropped: Readonly<Record<DropReason, number>>;
}

/** What it needs. */
export interface HealthParts {
  readonly sessionId: string;
  readonly live: Pick<Store["live"], "report">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The listener's report. */
  report(): VoiceReport;
  readonly onHeard?: ((heard: HeardSince) => void) | undefined;
}

/** How often (ms) a session notes how it is doing; it is also its bot's sign of life. */
const NOTE_EVERY_MS = 10_000;

/** One session's health. */
export class Health {
  readonly #parts: HealthParts;
  #noted: VoiceReport;
  #stopTimer = () => {};
  #isOver = false;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#noted = parts.report();
  }

  /** How it is doing. */
  now(): VoiceHealth {
    const { ratio, ...rest } = this.#parts.report();
    return { ...rest, ratio: ratio ?? null };
  }

  /** Notes it from now on, again and again, and tells `onNoted` each time. */
  watch(onNoted: () => void): void {
    this.#stopTimer = this.#parts.clock.after(NOTE_EVERY_MS, () => {
      onNoted();
      void this.note().then(() => {
        if (!this.#isOver) this.watch(onNoted);
      });
    });
  }

  /** Notes it for the last time. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.#stopTimer();
    await this.note();
  }

  /** Notes it now. */
  async note(): Promise<void> {
    const { sessionId, live, logger, onHeard } = this.#parts;
    const report = this.#parts.report();
    const heard = since(this.#noted, report);
    this.#noted = report;
    if (heard) {
      onHeard?.(heard);
      logger.info({ ...heard, ratio: report.ratio }, "live session hears");
    }
    await live.report(sessionId, this.now()).catch((error: unknown) => {
      logger.error({ err: loggable(error) }, "session's health couldn't be kept");
    });
  }
}

/** What a report has more than an earlier one; undefined when that is nothing. */
function since(before: VoiceReport, now: VoiceReport): HeardSince | undefined {
  const dropped = { ...now.dropped };
  for (const reason of DROP_REASONS) dropped[reason] -= before.dropped[reason];
  const grown = {
    speakingMs: now.speakingMs - before.speakingMs,
    audioMs: now.audioMs - before.audioMs,
    utterances: now.utterances - before.utterances,
  };
  const hasGrown = [...Object.values(grown), ...Object.values(dropped)].some((value) => value > 0);
  return hasGrown ? { ...grown, dropped } : undefined;
}
