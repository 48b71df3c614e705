/** What happens to one clip, from its job to the answer. */

import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import { newReference, UserError } from "../errors.ts";
import { type Attribution, addressedJob, type ClipJob, type ClipSource, readClipJob } from "../jobs/clip-job.ts";
import { type ClipHandlers, type ClipTask, FinalError, PostponeError } from "../jobs/consumer.ts";
import { type AnalyzeOptions, type Analyzer, type Reading, ThreadDeathError } from "../ser/index.ts";
import { DatabaseAwayError, type Store } from "../store/index.ts";
import { type ClipMeter, NO_CLIP_METER } from "./clip-meter.ts";
import type { FreshAddress } from "./fresh-address.ts";
import { DiscordAwayError, type Replier, UndeliverableError } from "./reply.ts";
import { unless } from "./unless.ts";

/** The parts that a clip goes through. */
export interface ClipProcessorParts {
  readonly store: Pick<Store, "clips" | "uploads" | "consents" | "guilds" | "turns" | "outbox">;
  readonly analyzer: Pick<Analyzer, "analyze" | "model">;
  readonly limits: AnalyzeOptions;
  readonly replier: Replier;
  /** Gets the bytes of a clip that lies at an address. */
  fetchUrl(url: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Finds an attachment again whose address has expired. */
  readonly freshAddress: FreshAddress;
  readonly logger: Logger;
  readonly meter?: ClipMeter | undefined;
  /** Tells the time, in ms since 1970; the system's clock by default. */
  readonly now?: () => number;
}

/** A clip that kills its thread so often is not tried again: the next one may be heard instead. */
const DEADLY_TRIES = 2;
/**
 * What can't be done here and now, as a newer worker is needed or the database or Discord is away, is done later, so
 * long (ms) each time, while its interaction can be answered: Discord allows fifteen minutes for that.
 */
const POSTPONE_MS = 5000;
const POSTPONED_FOR_MS = 13 * 60_000;

/** As much of a job as is needed to end it with a word. */
type AddressedJob = Pick<ClipJob, "reply" | "source" | "attribution">;

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
  const { clips, consents, guilds, turns, outbox } = parts.store;
  const { meter = NO_CLIP_METER, now = Date.now } = parts;

  async function process(task: ClipTask): Promise<void> {
    const read = readClipJob(task.data);
    if (read.kind !== "job") return refuse(task, read.kind);
    const { job } = read;
    const log = logOf(task, job);
    const ended = (outcome: Parameters<ClipMeter["ended"]>[0]) => meter.ended(outcome, now() - task.askedAtMs);
    meter.stage("wait", now() - task.askedAtMs);
    try {
      if (job.turn !== undefined) await turns.reached(job.turn);
      const terms = await termsFor(job.attribution);
      const outcome = await outcomeOf(task, job, terms);
      task.signal.throwIfAborted();
      await discardUpload(job.source);
      await timed("answer", () => answerOnce(task.id, job, outcome, terms.mayKeep));
      if (!terms.mayKeep) await clips.forget(task.id);
      await outbox.done(task.id);
      ended(outcome instanceof UserError ? "refused" : "read");
      log.info("clip is done");
    } catch (error) {
      if (task.signal.aborted) {
        ended("returned");
        log.info("clip goes back into the queue");
        throw error;
      }
      if (isAway(error) && now() - task.askedAtMs < POSTPONED_FOR_MS) {
        ended("returned");
        log.warn({ reason: reason(error) }, "clip waits until what is away is back");
        throw new PostponeError(reason(error), POSTPONE_MS);
      }
      const isDeadly = error instanceof ThreadDeathError && task.tryNumber >= DEADLY_TRIES;
      const isOver = task.lastTry || isDeadly;
      ended(isOver ? "given-up" : "try-failed");
      log.warn(
        { reason: reason(error), isOver },
        isDeadly ? "clip is quarantined: it kills its thread" : "clip failed",
      );
      if (isOver) await giveUp(task.id, job);
      throw isDeadly ? new FinalError(error.message) : error;
    }
  }

  /** A job that this version can't read: a newer worker may, for a while. Then the queue gives it up. */
  function refuse(task: ClipTask, kind: "too-new" | "unreadable"): never {
    if (kind === "too-new" && now() - task.askedAtMs < POSTPONED_FOR_MS) {
      parts.logger.warn({ clip: task.id }, "job is left to a newer worker");
      throw new PostponeError("The job is for a newer worker.", POSTPONE_MS);
    }
    throw new FinalError("The job isn't one that this version knows.");
  }

  /** The last word about a clip; without knowing whom to tell, there is none. */
  async function abandoned(task: ClipTask): Promise<void> {
    const addressed = addressedJob.safeParse(task.data);
    if (!addressed.success) {
      parts.logger.error({ clip: task.id }, "job can't be read, and nobody can be told");
      return;
    }
    await giveUp(task.id, addressed.data);
  }

  /** Everything that is logged for one question carries its trace. */
  function logOf({ id }: ClipTask, { trace = id }: ClipJob): Logger {
    return parts.logger.child({ trace, clip: id });
  }

  async function timed<T>(stage: Parameters<ClipMeter["stage"]>[0], work: () => Promise<T>): Promise<T> {
    const startMs = performance.now();
    const result = await work();
    meter.stage(stage, performance.now() - startMs);
    return result;
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
  async function outcomeOf(task: ClipTask, job: ClipJob, { mayHear, mayKeep }: Terms): Promise<Reading | UserError> {
    const { id } = task;
    await clips.accept(id, mayKeep ? job.attribution : undefined);
    const before = await savedOutcome(id);
    if (before) return before;
    try {
      if (!mayHear) throw new UserError("opted-out");
      const reading = (await heardBefore(job.attribution)) ?? (await hear(task, job));
      if (!mayKeep) return reading;
      await clips.saveReading(id, reading);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      await clips.saveError(id, error);
      logOf(task, job).info({ code: error.code }, "clip can't be read");
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

  async function hear({ id, signal }: ClipTask, job: ClipJob): Promise<Reading> {
    await sayHearing(id, job);
    const bytes = await timed("fetch", () => bytesOf(job, signal));
    return timed("analysis", () => unless(signal, parts.analyzer.analyze(bytes, parts.limits)));
  }

  async function bytesOf({ source, attribution }: ClipJob, signal: AbortSignal): Promise<Uint8Array> {
    if (source.kind === "upload") {
      const bytes = await parts.store.uploads.fetch(source.uploadId);
      if (!bytes) throw new UserError("upload-gone");
      return bytes;
    }
    try {
      return await parts.fetchUrl(source.url, signal);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== "fetch-gone") throw error;
      return parts.fetchUrl(await parts.freshAddress(attribution), signal);
    }
  }

  /** Done before the work, not beside it, so that nothing can overwrite the answer. That it fails is no harm. */
  async function sayHearing(id: string, { reply, filename }: ClipJob): Promise<void> {
    if (reply.kind !== "interaction" || !reply.showsProgress) return;
    await parts.replier.hearing(reply, filename).catch((error: unknown) => {
      parts.logger.debug({ clip: id, reason: reason(error) }, "progress can't be shown");
    });
  }

  async function answerOnce(
    id: string,
    job: AddressedJob,
    outcome: Reading | UserError,
    isKept: boolean,
  ): Promise<void> {
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
  async function giveUp(id: string, job: AddressedJob): Promise<void> {
    await clips.accept(id);
    const reference = newReference();
    parts.logger.error({ clip: id, reference }, "clip is given up");
    const error = new UserError("gave-up", { reference });
    await clips.saveError(id, error);
    await discardUpload(job.source);
    await answerOnce(id, job, (await savedOutcome(id)) ?? error, true);
    await outbox.done(id);
  }

  async function discardUpload(source: ClipSource): Promise<void> {
    if (source.kind === "upload") await parts.store.uploads.discard(source.uploadId);
  }

  return {
    process,
    abandoned,
    onError: (error) => parts.logger.error({ reason: reason(error) }, "queue error"),
  };
}

/** Whether something is away that every clip needs, so that a failure says nothing about this one. */
function isAway(error: unknown): boolean {
  return error instanceof DatabaseAwayError || error instanceof DiscordAwayError;
}

function reason(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
}
