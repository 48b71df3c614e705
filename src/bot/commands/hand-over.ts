/** Hands a clip to a worker, which edits the answer when it has heard it. */

import { MessageFlags } from "discord.js";
import { tooLarge, UserError } from "../../errors.ts";
import type { Attribution, ClipJob } from "../../jobs/clip-job.ts";
import type { GuildSettings, Store } from "../../store/index.ts";
import type { CommandUse } from "./command.ts";
import { type ClipLimits, countClip } from "./rate-limit.ts";

/** The queue as far as commands use it. */
export interface ClipSink {
  /** Asks for one clip to be analysed. Asking again with the same id changes nothing. */
  enqueueClip(id: string, job: ClipJob): Promise<void>;
}

/** What commands that read a clip need. */
export interface ClipCommandParts {
  readonly queue: ClipSink;
  readonly store: Pick<Store, "consents" | "guilds" | "rates">;
  /** Largest clip that is accepted, in bytes. */
  readonly maxBytes: number;
  readonly limits: ClipLimits;
}

/** A file at Discord, and how it was pointed at. */
export interface Clip {
  readonly url: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly attribution: ClipAttribution;
}

/** Whose clip it is and where it hangs; the interaction knows the rest. */
export type ClipAttribution = Omit<Attribution, "askerId" | "guildId" | "channelId">;

/**
 * Says "is thinking…", unless that was said, and asks for the clip to be analysed.
 * @throws UserError `too-large`, `opted-out`, `too-often-…`, or `busy` when the queue fails.
 */
export async function handOver(interaction: CommandUse, clip: Clip, parts: ClipCommandParts): Promise<void> {
  const { queue, store, maxBytes } = parts;
  if (clip.size > maxBytes) throw tooLarge(maxBytes);
  const { subjectId } = clip.attribution;
  if (subjectId !== undefined && (await store.consents.of(subjectId)).optedOut) throw new UserError("opted-out");
  await countClip(interaction, parts);
  if (!interaction.deferred) await deferAnswer(interaction, parts);
  const settings = await store.guilds.settings(interaction.guildId);
  const job = jobFor(interaction, clip, localeOfAnswer(interaction, settings));
  try {
    await queue.enqueueClip(`interaction-${interaction.id}`, job);
  } catch (cause) {
    throw new UserError("busy", {}, { cause });
  }
}

/** Says "is thinking…", to everybody or to the asker, as the server wants it. */
export async function deferAnswer(interaction: CommandUse, { store }: Pick<ClipCommandParts, "store">): Promise<void> {
  const { answers } = await store.guilds.settings(interaction.guildId);
  await interaction.deferReply(answers === "private" ? { flags: MessageFlags.Ephemeral } : {});
}

/** Everybody is answered in their own language; where all can read it, in the server's, if it set one. */
function localeOfAnswer({ locale, ephemeral }: CommandUse, { language }: GuildSettings): string {
  return ephemeral ? locale : (language ?? locale);
}

function jobFor(interaction: CommandUse, { url, name, attribution }: Clip, locale: string): ClipJob {
  const { applicationId, token, user, guildId, channelId } = interaction;
  return {
    version: 1,
    source: { kind: "url", url },
    reply: { kind: "interaction", applicationId, token, locale },
    filename: name,
    attribution: { ...attribution, askerId: user.id, channelId, ...(guildId === null ? {} : { guildId }) },
  };
}
