/** Hands clips to a worker, which edits the answers when it has heard them. */

import { ApplicationIntegrationType, MessageFlags } from "discord.js";
import type { Logger } from "pino";
import { forPeople, tooLarge, UserError } from "../../errors.ts";
import { explain, translator } from "../../i18n/index.ts";
import type { Attribution, NewClipJob } from "../../jobs/clip-job.ts";
import type { Store } from "../../store/index.ts";
import { loggable } from "../loggable.ts";
import { traceOf } from "../run-command.ts";
import type { CommandUse } from "./command.ts";
import { type ClipLimits, countClips } from "./rate-limit.ts";

/** The queue as far as commands use it. */
export interface ClipSink {
  /** Asks for one clip to be analysed. Asking again with the same id changes nothing. */
  enqueueClip(id: string, job: NewClipJob): Promise<void>;
  /** How many clips wait for a worker. */
  waiting(): Promise<number>;
}

/** What commands that read a clip need. */
export interface ClipCommandParts {
  readonly queue: ClipSink;
  readonly store: Pick<Store, "consents" | "guilds" | "rates">;
  /** Largest clip that is accepted, in bytes. */
  readonly maxBytes: number;
  readonly limits: ClipLimits;
  readonly logger: Pick<Logger, "error" | "info">;
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

/** So many further answers Discord allows where the app came along with a person only. */
const GUEST_FOLLOW_UPS = 5;

/**
 * Says "is thinking…", unless that was said, and asks for each clip to be analysed; each has an answer of its own.
 * @throws UserError `opted-out`; `too-large` for a single clip; `too-often-…`; `busy` when the queue fails.
 */
export async function handOver(
  interaction: CommandUse,
  clips: readonly Clip[],
  parts: ClipCommandParts,
  isPrivate?: boolean | null,
): Promise<void> {
  const [only] = clips.length === 1 ? clips : [];
  if (only !== undefined && only.size > parts.maxBytes) throw tooLarge(parts.maxBytes);
  for (const subjectId of new Set(clips.map(({ attribution }) => attribution.subjectId))) {
    if (subjectId !== undefined && (await parts.store.consents.of(subjectId)).optedOut)
      throw new UserError("opted-out");
  }
  const taken = clips.slice(0, mostAnswers(interaction, clips.length));
  await countClips(interaction, taken.length, parts);
  if (!interaction.deferred) await deferAnswer(interaction, parts, isPrivate);
  const locale = await localeOfAnswer(interaction, parts);
  const [first, ...others] = taken;
  if (first !== undefined) await handOverFirst(interaction, first, taken.length, locale, parts);
  // From here on the first answer is the worker's: what goes wrong must not be said there.
  for (const [index, clip] of others.entries()) await handOverFurther(interaction, clip, index + 2, locale, parts);
  if (taken.length < clips.length) {
    const content = translator(locale)("answer.first-only", { count: taken.length, all: clips.length });
    await interaction.followUp({ content, ...visibilityOf(interaction) }).catch(logTo(parts.logger));
  }
}

/** Says "is thinking…", to everybody or to the asker: as they want it, else as the server does. */
export async function deferAnswer(
  interaction: CommandUse,
  { store }: Pick<ClipCommandParts, "store">,
  isPrivate?: boolean | null,
): Promise<void> {
  const isHidden = isPrivate ?? (await store.guilds.settings(interaction.guildId)).answers === "private";
  await interaction.deferReply(isHidden ? { flags: MessageFlags.Ephemeral } : {});
}

/** How many of `wanted` clips get an answer here. If not all do, one more message says so. */
function mostAnswers({ authorizingIntegrationOwners: owners }: CommandUse, wanted: number): number {
  const isGuest = owners[ApplicationIntegrationType.GuildInstall] === undefined;
  return isGuest && wanted > 1 + GUEST_FOLLOW_UPS ? GUEST_FOLLOW_UPS : wanted;
}

/**
 * Only the worker writes into an answer once its job is in the queue. Hence what the bot has to say there, that the
 * clip waits and for how many, it says before.
 */
async function handOverFirst(
  interaction: CommandUse,
  clip: Clip,
  total: number,
  locale: string,
  parts: ClipCommandParts,
): Promise<void> {
  const t = translator(locale);
  if (clip.size > parts.maxBytes) {
    await interaction.editReply({ content: explain(tooLarge(parts.maxBytes), t) });
    return;
  }
  const count = await parts.queue.waiting().catch(busy);
  const showsProgress = total > 1 || count > 0;
  if (showsProgress) await interaction.editReply({ content: t("answer.queued", { count }) });
  await enqueue(interaction, clip, traceOf(interaction), { locale, showsProgress }, parts);
}

/** Hands over the `number`th clip, with an answer of its own; never throws. */
async function handOverFurther(
  interaction: CommandUse,
  clip: Clip,
  number: number,
  locale: string,
  parts: ClipCommandParts,
): Promise<void> {
  const t = translator(locale);
  const isTooLarge = clip.size > parts.maxBytes;
  try {
    const count = isTooLarge ? 0 : await parts.queue.waiting();
    const content = isTooLarge ? explain(tooLarge(parts.maxBytes), t) : t("answer.queued", { count });
    const { id: messageId } = await interaction.followUp({ content, ...visibilityOf(interaction) });
    if (isTooLarge) return;
    const reply = { locale, showsProgress: true, messageId };
    await enqueue(interaction, clip, `${traceOf(interaction)}-${number}`, reply, parts).catch(
      async (error: unknown) => {
        const told = forPeople(error);
        parts.logger.error({ err: loggable(error), ...told.parameters }, "further answer failed");
        await interaction.webhook.editMessage(messageId, { content: explain(told, t) });
      },
    );
  } catch (error) {
    logTo(parts.logger)(error);
  }
}

/** Puts a clip's job into the queue. @throws UserError `busy` when the queue fails. */
async function enqueue(
  interaction: CommandUse,
  { url, name, attribution }: Clip,
  id: string,
  reply: { readonly locale: string; readonly showsProgress: boolean; readonly messageId?: string },
  { queue, logger }: ClipCommandParts,
): Promise<void> {
  const { applicationId, token, user, guildId, channelId, ephemeral } = interaction;
  const trace = traceOf(interaction);
  const job: NewClipJob = {
    version: 1,
    source: { kind: "url", url },
    reply: { kind: "interaction", applicationId, token, isPrivate: ephemeral ?? false, ...reply },
    filename: name,
    attribution: { ...attribution, askerId: user.id, channelId, ...(guildId === null ? {} : { guildId }) },
    trace,
  };
  await queue.enqueueClip(id, job).catch(busy);
  logger.info({ trace, clip: id }, "clip is asked for");
}

function visibilityOf({ ephemeral }: CommandUse) {
  return ephemeral ? ({ flags: MessageFlags.Ephemeral } as const) : {};
}

function logTo(logger: ClipCommandParts["logger"]) {
  return (error: unknown) => logger.error({ err: loggable(error) }, "further answer failed");
}

function busy(cause: unknown): never {
  throw new UserError("busy", {}, { cause });
}

/** Everybody is answered in their own language; where all can read it, in the server's, if it set one. */
async function localeOfAnswer(
  { locale, ephemeral, guildId }: CommandUse,
  { store }: Pick<ClipCommandParts, "store">,
): Promise<string> {
  return ephemeral ? locale : ((await store.guilds.settings(guildId)).language ?? locale);
}
