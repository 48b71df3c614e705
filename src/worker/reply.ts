/** Tells people what was heard: in the reply of their interaction, or at the message that was read unasked. */

import { DiscordAPIError } from "@discordjs/rest";
import { RESTJSONErrorCodes, Routes } from "discord-api-types/v10";
import { discordRest, type RestSettings } from "../discord-rest.ts";
import { UserError } from "../errors.ts";
import { translator } from "../i18n/index.ts";
import type { Attribution, ClipReply } from "../jobs/clip-job.ts";
import type { Reading } from "../ser/index.ts";
import { type AnswerOrigin, describeReading } from "../views/index.ts";
import { composeAnswer, composeNote } from "./compose-answer.ts";

/** An answer that waits in an interaction. */
export type InteractionReply = Extract<ClipReply, { kind: "interaction" }>;
type MessageReply = Extract<ClipReply, { kind: "message" }>;
/** What an answer is about, and where that was. */
export type Origin = AnswerOrigin &
  Partial<Attribution> & {
    /** Whether the answer says as well what Timbre is, as its server sees it for the first time. */
    readonly notice?: boolean;
  };

/** Sends a clip's outcome. */
export interface Replier {
  /** Says in a waiting answer that the clip is listened to. @throws Error when Discord doesn't take it. */
  hearing(target: InteractionReply, filename: string): Promise<void>;
  /**
   * Shows the outcome; doing it again shows the same. Nobody waits for a message that was read unasked, so its errors
   * stay unsaid. When the interaction is over, the answer comes as a message where everybody may see it.
   * @throws UndeliverableError when there is nobody to tell any more; DiscordAwayError when that may pass.
   */
  send(target: InteractionReply | MessageReply, outcome: Reading | UserError, origin: Origin): Promise<void>;
}

/** The answer can't be delivered, now or later. */
export class UndeliverableError extends Error {
  override readonly name = "UndeliverableError";
}

/** Discord can't be reached just now, or answers nothing of use. */
export class DiscordAwayError extends Error {
  override readonly name = "DiscordAwayError";
}

/** The interaction's quarter of an hour is over. */
const IS_OVER: readonly (string | number)[] = [
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownWebhook,
];
/** Discord's limit for a nonce: with it, a message that is sent twice within minutes appears once. */
const NONCE_LENGTH = 25;

/** Answers to interactions don't count towards Discord's limit of 50 requests a second; the library would count them. */
const WITHOUT_COUNT = Number.POSITIVE_INFINITY;

/**
 * Replies through Discord's REST `api`, e.g. `https://discord.com/api`. Only what isn't an interaction's needs the
 * bot's `token`. `settings` change timeouts and retries.
 */
export function discordReplier(api: string, token?: string, settings: RestSettings = {}): Replier {
  const rest = discordRest(api, token, { globalRequestsPerSecond: WITHOUT_COUNT, ...settings });

  // The token in the address is all the authorisation that an answer needs.
  const edit = ({ applicationId, token, messageId }: InteractionReply, message: object) =>
    rest.patch(Routes.webhookMessage(applicationId, token, messageId), { ...message, auth: false });

  async function intoInteraction(
    target: InteractionReply,
    outcome: Reading | UserError,
    origin: Origin,
  ): Promise<void> {
    const t = translator(target.locale);
    const answer = await composeAnswer(outcome, origin, t);
    try {
      await edit(target, answer);
    } catch (error) {
      const { askerId, channelId } = origin;
      const isOver = error instanceof DiscordAPIError && IS_OVER.includes(error.code);
      if (!isOver || target.isPrivate || token === undefined || !askerId || !channelId) throw error;
      const content = `${t("answer.late", { person: `<@${askerId}>` })}\n${answer.body.content}`.trim();
      await post(
        channelId,
        { ...answer, body: { ...answer.body, content, allowed_mentions: { users: [askerId] } } },
        origin,
      );
    }
  }

  async function toMessage(target: MessageReply, outcome: Reading | UserError, origin: Origin): Promise<void> {
    if (outcome instanceof UserError) return;
    if (token === undefined) throw new UndeliverableError("Without the bot's token there is no answer to messages.");
    const t = translator(target.locale);
    const { channelId, messageId } = target;
    if (target.answer === "reaction") {
      const emoji = encodeURIComponent(describeReading(outcome, t).emoji);
      await rest.put(Routes.channelMessageOwnReaction(channelId, messageId, emoji));
      return;
    }
    const body = { ...composeNote(outcome, origin, t), message_reference: { message_id: messageId } };
    await post(channelId, { body }, origin);
  }

  async function post(channelId: string, message: { readonly body: object }, { clipId }: Origin): Promise<void> {
    const once = { nonce: clipId.slice(-NONCE_LENGTH), enforce_nonce: true };
    await rest.post(Routes.channelMessages(channelId), { ...message, body: { ...message.body, ...once } });
  }

  return {
    async hearing(target, filename) {
      const content = translator(target.locale)("answer.hearing", { name: `\`${filename.replaceAll("`", "")}\`` });
      await edit(target, { body: { content, allowed_mentions: { parse: [] } } }).catch((error: unknown) => {
        throw withoutToken(error);
      });
    },
    async send(target, outcome, origin) {
      try {
        await (target.kind === "interaction"
          ? intoInteraction(target, outcome, origin)
          : toMessage(target, outcome, origin));
      } catch (error) {
        if (error instanceof UndeliverableError) throw error;
        throw isFinal(error) ? new UndeliverableError(`Discord refused it: ${error.message}`) : withoutToken(error);
      }
    },
  };
}

/**
 * Whether Discord will say the same next time. Mostly it is 50027 or 10015 (the token's 15 minutes are over) or
 * 10008 (the message was deleted); any other refusal is our mistake and doesn't mend itself either.
 */
function isFinal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && error.status !== 429;
}

/** The error without its address, which holds the token and would end up in logs and in the queue. */
function withoutToken(error: unknown): DiscordAwayError {
  const status = error instanceof Error && "status" in error ? ` (${String(error.status)})` : "";
  const name = error instanceof Error ? error.name : "unknown error";
  return new DiscordAwayError(`Discord couldn't be reached: ${name}${status}`);
}
