/** What happens to one utterance of a live session, from its job to its reading. */

import type { Logger } from "pino";
import { UserError } from "../errors.ts";
import type { ClipHandlers } from "../jobs/consumer.ts";
import type { Analyzer } from "../ser/index.ts";
import { STALE_MS, type Store } from "../store/index.ts";
import { unless } from "./unless.ts";

/** The parts that an utterance goes through. */
export interface UtteranceProcessorParts {
  readonly store: Pick<Store, "utterances" | "live">;
  readonly analyzer: Pick<Analyzer, "analyzeInContext">;
  readonly logger: Logger;
}

/**
 * Handles utterances so that each is read or dropped by name, however often its job is repeated or its worker killed.
 * People who wait for a clip go first. Logs carry the clip's id and nothing about a person.
 */
export function utteranceProcessor(parts: UtteranceProcessorParts): ClipHandlers {
  const { analyzer, logger } = parts;
  const { utterances, live } = parts.store;

  async function read(id: string, signal: AbortSignal): Promise<void> {
    const utterance = await utterances.find(id);
    if (utterance === undefined) return;
    const { sessionId, subjectId, endedAt, bytes, voice } = utterance;
    const lateMs = () => Date.now() - endedAt.getTime();
    if (lateMs() > STALE_MS) return utterances.drop(id, "stale");
    if (voice === undefined) return utterances.drop(id, "no-consent");
    const { reading, speaker } = await unless(signal, analyzer.analyzeInContext(bytes, voice, { isPatient: true }));
    // Else the speaker or the time decided otherwise meanwhile.
    if (!(await utterances.finish(id, reading))) return;
    await live.keepStatistics(sessionId, subjectId, voice, speaker);
    logger.debug({ clip: id, lateMs: lateMs() }, "utterance is read");
  }

  return {
    async process({ id, lastTry, signal }) {
      try {
        await read(id, signal);
      } catch (error) {
        // The worker stops, and the queue takes the job back.
        if (signal.aborted) throw error;
        const isBroken = error instanceof UserError;
        logger.warn({ clip: id, reason: String(error), lastTry }, "utterance couldn't be read");
        if (isBroken || lastTry) await utterances.drop(id, "undecodable");
        if (!isBroken) throw error;
      }
    },
    abandoned: ({ id }) => utterances.drop(id, "undecodable"),
    onError: (error) => logger.error({ reason: String(error) }, "queue error"),
  };
}
