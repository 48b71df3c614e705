/** What happens to one clip, from its job to the answer. */

import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import { newReference, UserError } from "../errors.ts";
import { type Attribution, type ClipJob, type ClipSource, clipJob } from "../jobs/clip-job.ts";
import { type ClipHandlers, type ClipTask, FinalError } from "../jobs/consumer.ts";
import type { AnalyzeOptions, Analyzer, Reading } from "../ser/index.ts";
import type { Store } from "../store/index.ts";
import type { FreshAddress } from "./fresh-address.ts";
import { type Replier, UndeliverableError } from "./reply.ts";

/** The parts that a clip goes through. */
export interface ClipProcessorParts {
  readonly store: Pick<Store, "clips" | "uploads" | "consents" | "guilds" | "turns">;
  readonly analyzer: Pick<Analyzer, "analyze" | "model">;
  readonly limits: AnalyzeOptions;
  readonly replier: Replier;
  /** Gets the bytes of a clip that lies at an address. */
  fetchUrl(url: string): Promise<Uint8Array>;
  /** Finds an attachment again whose address has expired. */
  readonly freshAddress: FreshAddress;
  readonly logger: Logger;
}

/** What may be done with a clip. */
interface Terms {
  readonly mayHear: boolean;
  readonly mayKeep: boolean;
}

/**
 * Handles clips so that each is heard once and answered once, however often its job is repeated or its worker killed:
 * every step first looks in the store whether it was already done. Logs carry the clip's id and nothing about a person.
 */
export function clipProcessor(parts: ClipProcessorParts): ClipHandlers {
  const { clips, consents, guilds, turns } = parts.store;

  async function process(task: ClipTask): Promise<void> {
    const job = parse(task);
    const log = parts.logger.child({ clip: task.id });
    try {
      if (job.turn !== undefined) await turns.reached(job.turn);
      const terms = await termsFor(job.attribution);
      const outcome = await outcomeOf(task.id, job, terms);
      await discardUpload(job.source);
      await answerOnce(task.id, job, outcome, terms.mayKeep);
      if (!terms.mayKeep) await clips.forget(task.id);
      log.info("clip is done");
    } catch (error) {
      log.warn({ reason: reason(error), lastTry: task.lastTry }, "clip failed");
      if (task.lastTry) await giveUp(task.id, job);
      throw error;
    }
  }

  /** What subject and server allow; the subject may have changed their mind while the clip waited. */
  async function termsFor(attribution: Attribution | undefined): Promise<Terms> {
    const subject = attribution?.subjectId;
    const isUnasked = attribution?.source === "automatic";
    const consent = subject === undefined ? undefined : await consents.of(subject);
    const mayHear = consent === undefined ? !isUnasked : !consent.optedOut && (consent.live || !isUnasked);
    const { retentionDays } = await guilds.settings(attribution?.guildId);
    return { mayHear, mayKeep: mayHear && retentionDays > 0 };
  }

  /**
   * Analyses the clip and saves what comes out, unless that was done before. What may not be kept goes from here to
   * the answer and never into the store: should the worker die in between, the clip is heard once more, and all that
   * is kept is an id that leads nowhere.
   */
  async function outcomeOf(id: string, job: ClipJob, { mayHear, mayKeep }: Terms): Promise<Reading | UserError> {
    await clips.accept(id, mayKeep ? job.attribution : undefined);
    const before = await savedOutcome(id);
    if (before) return before;
    try {
      if (!mayHear) throw new UserError("opted-out");
      const reading = (await heardBefore(job.attribution)) ?? (await hear(id, job));
      if (!mayKeep) return reading;
      await clips.saveReading(id, reading);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      await clips.saveError(id, error);
      parts.logger.info({ clip: id, code: error.code }, "clip can't be read");
    }
    // Not simply what was heard: it may have been deleted meanwhile.
    return (await savedOutcome(id)) ?? new UserError("clip-deleted");
  }

  /** How a clip ended; undefined while it didn't. */
  async function savedOutcome(id: string): Promise<Reading | UserError | undefined> {
    const clip = await clips.find(id);
    return clip?.reading ?? clip?.error ?? undefined;
  }

  /** The stored reading of the same attachment by the same model. Consent and retention are those of today. */
  async function heardBefore(attribution: Attribution | undefined): Promise<Reading | undefined> {
    if (!attribution?.attachmentId) return undefined;
    const reading = (await clips.findByAttachment(attribution.attachmentId))?.reading;
    return reading && isDeepStrictEqual(reading.model, parts.analyzer.model) ? reading : undefined;
  }

  async function hear(id: string, job: ClipJob): Promise<Reading> {
    await sayHearing(id, job);
    return parts.analyzer.analyze(await bytesOf(job), parts.limits);
  }

  async function bytesOf({ source, attribution }: ClipJob): Promise<Uint8Array> {
    if (source.kind === "upload") {
      const bytes = await parts.store.uploads.fetch(source.uploadId);
      if (!bytes) throw new UserError("upload-gone");
      return bytes;
    }
    try {
      return await parts.fetchUrl(source.url);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== "fetch-gone") throw error;
      return parts.fetchUrl(await parts.freshAddress(attribution));
    }
  }

  /** Done before the work, not beside it, so that nothing can overwrite the answer. That it fails is no harm. */
  async function sayHearing(id: string, { reply, filename }: ClipJob): Promise<void> {
    if (reply.kind !== "interaction" || !reply.showsProgress) return;
    await parts.replier.hearing(reply, filename).catch((error: unknown) => {
      parts.logger.debug({ clip: id, reason: reason(error) }, "progress can't be shown");
    });
  }

  async function answerOnce(id: string, job: ClipJob, outcome: Reading | UserError, isKept: boolean): Promise<void> {
    const { reply, attribution } = job;
    if (reply.kind === "stored" || (await clips.find(id))?.answeredAt) return;
    // A reaction has no room for it, and an error with a message that was read unasked isn't shown.
    const hasRoom = reply.kind === "interaction" || (reply.answer === "reply" && !(outcome instanceof UserError));
    try {
      await withNoticeOnce(hasRoom ? attribution?.guildId : undefined, (notice) =>
        parts.replier.send(reply, outcome, { clipId: id, isKept, ...attribution, notice }),
      );
    } catch (error) {
      if (!(error instanceof UndeliverableError)) throw error;
      parts.logger.warn({ clip: id, reason: error.message }, "answer can't be delivered");
    }
    await clips.markAnswered(id);
  }

  /** Sends an answer, with the first notice where a server hasn't seen it yet. */
  async function withNoticeOnce(guildId: string | undefined, send: (notice: boolean) => Promise<void>): Promise<void> {
    const notice = guildId !== undefined && (await guilds.claimNotice(guildId));
    try {
      await send(notice);
    } catch (error) {
      if (notice) await guilds.releaseNotice(guildId);
      throw error;
    }
  }

  /** Ends a clip that didn't come through: says so, unless it was heard and only the answer failed. */
  async function giveUp(id: string, job: ClipJob): Promise<void> {
    await clips.accept(id);
    const reference = newReference();
    parts.logger.error({ clip: id, reference }, "clip is given up");
    const error = new UserError("gave-up", { reference });
    await clips.saveError(id, error);
    await discardUpload(job.source);
    await answerOnce(id, job, (await savedOutcome(id)) ?? error, true);
  }

  async function discardUpload(source: ClipSource): Promise<void> {
    if (source.kind === "upload") await parts.store.uploads.discard(source.uploadId);
  }

  return {
    process,
    abandoned: async (task) => giveUp(task.id, parse(task)),
    onError: (error) => parts.logger.error({ reason: reason(error) }, "queue error"),
  };
}

/** @throws FinalError when the job isn't one of this version: then there is nobody to answer either. */
function parse(task: ClipTask): ClipJob {
  const parsed = clipJob.safeParse(task.data);
  if (!parsed.success) throw new FinalError("The job isn't one that this version knows.");
  return parsed.data;
}

function reason(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
}
