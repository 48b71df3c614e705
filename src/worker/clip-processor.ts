/** What happens to one clip, from its job to the answer. */

import type { Logger } from "pino";
import { UserError } from "../errors.ts";
import { type ClipJob, type ClipSource, clipJob } from "../jobs/clip-job.ts";
import { type ClipHandlers, type ClipTask, FinalError } from "../jobs/consumer.ts";
import type { AnalyzeOptions, Analyzer, Reading } from "../ser/index.ts";
import type { Store } from "../store/index.ts";
import { type Replier, UndeliverableError } from "./reply.ts";

/** The parts that a clip goes through. */
export interface ClipProcessorParts {
  readonly store: Pick<Store, "clips" | "uploads">;
  readonly analyzer: Pick<Analyzer, "analyze">;
  readonly limits: AnalyzeOptions;
  readonly replier: Replier;
  /** Gets the bytes of a clip that lies at an address. */
  fetchUrl(url: string): Promise<Uint8Array>;
  readonly logger: Logger;
}

/**
 * Handles clips so that each is heard once and answered once, however often its job is repeated or its worker killed:
 * every step first looks in the store whether it was already done. Logs carry the clip's id and nothing about a person.
 */
export function clipProcessor(parts: ClipProcessorParts): ClipHandlers {
  const { clips } = parts.store;

  async function process(task: ClipTask): Promise<void> {
    const job = parse(task);
    const log = parts.logger.child({ clip: task.id });
    try {
      await clips.accept(task.id);
      await hearOnce(task.id, job);
      await discardUpload(job.source);
      await answerOnce(task.id, job);
      log.info("clip is done");
    } catch (error) {
      log.warn({ reason: reason(error), lastTry: task.lastTry }, "clip failed");
      if (task.lastTry) await giveUp(task.id, job);
      throw error;
    }
  }

  /** Analyses the clip and saves the reading, or the error if it is the clip's fault. */
  async function hearOnce(id: string, job: ClipJob): Promise<void> {
    if ((await clips.find(id))?.status !== "waiting") return;
    try {
      await clips.saveReading(id, await hear(job.source));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      await clips.saveError(id, error);
      parts.logger.info({ clip: id, code: error.code }, "clip can't be read");
    }
  }

  async function hear(source: ClipSource): Promise<Reading> {
    return parts.analyzer.analyze(await bytesOf(source), parts.limits);
  }

  async function bytesOf(source: ClipSource): Promise<Uint8Array> {
    if (source.kind === "url") return parts.fetchUrl(source.url);
    const bytes = await parts.store.uploads.fetch(source.uploadId);
    if (!bytes) throw new UserError("upload-gone");
    return bytes;
  }

  async function answerOnce(id: string, { reply }: ClipJob): Promise<void> {
    if (reply.kind !== "interaction") return;
    const clip = await clips.find(id);
    const outcome = clip?.reading ?? clip?.error;
    if (!outcome || clip?.answeredAt) return;
    try {
      await parts.replier.send(reply, outcome);
    } catch (error) {
      if (!(error instanceof UndeliverableError)) throw error;
      parts.logger.warn({ clip: id, reason: error.message }, "answer can't be delivered");
    }
    await clips.markAnswered(id);
  }

  /** Ends a clip that didn't come through: says so, unless it was heard and only the answer failed. */
  async function giveUp(id: string, job: ClipJob): Promise<void> {
    await clips.accept(id);
    await clips.saveError(id, new UserError("gave-up"));
    await discardUpload(job.source);
    await answerOnce(id, job);
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
