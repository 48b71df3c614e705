/** Hands clips to a worker, which edits the answers when it has heard them. */

import { ApplicationIntegrationType, MessageFlags } from "discord.js";
import { tooLarge, UserError } from "../../errors.ts";
import { explain, translator } from "../../i18n/index.ts";
import type { Attribution, NewClipJob } from "../../jobs/clip-job.ts";
import type { Store } from "../../store/index.ts";
import type { CommandUse } from "./command.ts";

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
  readonly store: Pick<Store, "consents" | "guilds">;
  /** Largest clip that is accepted, in bytes. */
  readonly maxBytes: number;
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
 * @throws UserError `opted-out`; `too-large` for a single clip; `busy` when the queue fails.
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
  if (!interaction.deferred) await deferAnswer(interaction, parts, isPrivate);
  const locale = await localeOfAnswer(interaction, parts);
  const taken = clips.slice(0, mostAnswers(interaction, clips.length));
  for (const [index, clip] of taken.entries()) await handOverOne(interaction, clip, index, taken.length, locale, parts);
  if (taken.length < clips.length) {
    const content = translator(locale)("answer.first-only", { count: taken.length, all: clips.length });
    await interaction.followUp({ content, flags: flagsOf(interaction) });
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
async function handOverOne(
  interaction: CommandUse,
  clip: Clip,
  index: number,
  total: number,
  locale: string,
  { queue, maxBytes }: ClipCommandParts,
): Promise<void> {
  const t = translator(locale);
  const isTooLarge = clip.size > maxBytes;
  const before = isTooLarge ? 0 : await queue.waiting().catch(busy);
  const showsProgress = total > 1 || before > 0;
  const content = isTooLarge ? explain(tooLarge(maxBytes), t) : t("answer.queued", { count: before });
  const messageId = showsProgress ? await say(interaction, content, index === 0) : undefined;
  if (isTooLarge) return;
  const { applicationId, token, user, guildId, channelId } = interaction;
  const id = index === 0 ? `interaction-${interaction.id}` : `interaction-${interaction.id}-${index + 1}`;
  const place = { askerId: user.id, channelId, ...(guildId === null ? {} : { guildId }) };
  const isPrivate = interaction.ephemeral ?? false;
  await queue
    .enqueueClip(id, {
      version: 1,
      source: { kind: "url", url: clip.url },
      reply: {
        ...{ kind: "interaction", applicationId, token, locale, isPrivate, showsProgress },
        ...(messageId === undefined ? {} : { messageId }),
      },
      filename: clip.name,
      attribution: { ...clip.attribution, ...place },
    })
    .catch(busy);
}

/** Writes into the first answer, or adds another and gives its id. */
async function say(interaction: CommandUse, content: string, isFirst: boolean): Promise<string | undefined> {
  if (isFirst) {
    await interaction.editReply({ content });
    return undefined;
  }
  return (await interaction.followUp({ content, flags: flagsOf(interaction) })).id;
}

function flagsOf({ ephemeral }: CommandUse) {
  return ephemeral ? MessageFlags.Ephemeral : MessageFlags.SuppressNotifications;
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
