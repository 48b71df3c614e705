/** Hands a clip to a worker, which edits the answer when it has heard it. */

import { tooLarge, UserError } from "../../errors.ts";
import type { ClipJob } from "../../jobs/clip-job.ts";
import type { CommandUse } from "./command.ts";

/** The queue as far as commands use it. */
export interface ClipSink {
  /** Asks for one clip to be analysed. Asking again with the same id changes nothing. */
  enqueueClip(id: string, job: ClipJob): Promise<void>;
}

/** What commands that read a clip need. */
export interface ClipCommandParts {
  readonly queue: ClipSink;
  /** Largest clip that is accepted, in bytes. */
  readonly maxBytes: number;
}

/** A file at Discord. */
export interface Clip {
  readonly url: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * Says "is thinking…", unless that was said, and asks for the clip to be analysed.
 * @throws UserError `too-large`, or `busy` when the queue fails.
 */
export async function handOver(
  interaction: CommandUse,
  clip: Clip,
  { queue, maxBytes }: ClipCommandParts,
): Promise<void> {
  if (clip.size > maxBytes) throw tooLarge(maxBytes);
  if (!interaction.deferred) await interaction.deferReply();
  try {
    await queue.enqueueClip(`interaction-${interaction.id}`, jobFor(interaction, clip));
  } catch (cause) {
    throw new UserError("busy", {}, { cause });
  }
}

function jobFor({ applicationId, token, locale }: CommandUse, clip: Clip): ClipJob {
  return {
    version: 1,
    source: { kind: "url", url: clip.url },
    reply: { kind: "interaction", applicationId, token, locale },
    filename: clip.name,
  };
}
