/** Hands utterances on to a worker, and knows of which the outcome is still unknown. */

import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Store } from "../../store/index.ts";
import { loggable } from "../loggable.ts";
import type { Clock } from "../voice/clock.ts";
import { muxUtterance, type Utterance } from "../voice/utterance.ts";

/** The queue as far as live sessions use it. */
export interface UtteranceSink {
  /** Asks for an utterance that is kept in the store to be read. */
  enqueueUtterance(clipId: string): Promise<void>;
}

/** What it needs. */
export interface HandingOnParts {
  readonly sessionId: string;
  readonly utterances: Pick<Store["utterances"], "keep" | "drop">;
  readonly queue: UtteranceSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** An utterance is lost without an event. */
  onLost(clipId: string): void;
}

/** One session's utterances on their way. */
export class HandingOn {
  readonly #parts: HandingOnParts;
  readonly #open = new Set<string>();
  #onSettled: (() => void) | undefined;

  constructor(parts: HandingOnParts) {
    this.#parts = parts;
  }

  /** Hands one on. What becomes of it comes as an event: a reading, or that it was dropped. */
  async send(subjectId: string, utterance: Utterance): Promise<void> {
    const { sessionId, utterances, queue, logger } = this.#parts;
    const { span, startedMs, durationMs } = utterance;
    const clipId = randomUUID();
    this.#open.add(clipId);
    logger.debug({ clip: clipId, ...span }, "utterance handed on");
    try {
      const isKept = await utterances.keep({
        ...{ clipId, sessionId, subjectId, bytes: muxUtterance(utterance) },
        ...{ startedAt: new Date(startedMs), endedAt: new Date(startedMs + durationMs) },
      });
      if (!isKept) return;
      await queue.enqueueUtterance(clipId).catch(async (error: unknown) => {
        logger.error({ err: loggable(error) }, "queue of utterances can't be reached");
        await utterances.drop(clipId, "queue-full");
      });
    } catch (error) {
      logger.error({ err: loggable(error) }, "utterance couldn't be handed on");
      this.#parts.onLost(clipId);
      this.settle(clipId);
    }
  }

  /** The outcome of one is known; false when it isn't one of these, or was known before. */
  settle(clipId: string): boolean {
    const isMine = this.#open.delete(clipId);
    if (this.#open.size === 0) this.#onSettled?.();
    return isMine;
  }

  /** Waits until all outcomes are known, at most `patienceMs`; what still waits then is dropped. */
  async finish(patienceMs: number): Promise<void> {
    await this.#settled(patienceMs);
    const late = [...this.#open];
    if (late.length === 0) return;
    for (const clipId of late) await this.#parts.utterances.drop(clipId, "stale");
    await this.#settled(patienceMs);
  }

  #settled(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#open.size === 0) return resolve();
      const stopTimer = this.#parts.clock.after(patienceMs, resolve);
      this.#onSettled = () => {
        stopTimer();
        resolve();
      };
    });
  }
}
