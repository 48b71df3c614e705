/** Edits the deferred reply of an interaction, so that the person who asked sees the answer. */

import { DiscordAPIError, REST, type RESTOptions } from "@discordjs/rest";
import { type APIEmbed, Routes } from "discord-api-types/v10";
import { UserError } from "../errors.ts";
import { explain, type Translate, translator } from "../i18n/index.ts";
import type { ClipReply } from "../jobs/clip-job.ts";
import type { Reading } from "../ser/index.ts";
import { describeReading, drawReading, styleOf } from "../views/index.ts";

/** Where an answer goes. */
export type InteractionReply = Extract<ClipReply, { kind: "interaction" }>;

/** What an answer may say besides. */
export interface AnswerExtras {
  /** Says what Timbre is, and that it is fallible: for a server that hasn't heard it yet. */
  readonly notice?: boolean;
}

/** Sends a clip's outcome. */
export interface Replier {
  /**
   * Puts the outcome into the deferred reply; doing it again shows the same.
   * @throws UndeliverableError when there is nobody to tell any more; any other error may pass.
   */
  send(target: InteractionReply, outcome: Reading | UserError, extras?: AnswerExtras): Promise<void>;
}

/** The answer can't be delivered, now or later. */
export class UndeliverableError extends Error {
  override readonly name = "UndeliverableError";
}

const PICTURE = "reading.png";

/** Replies through Discord's REST `api`, e.g. `https://discord.com/api`. `options` change timeouts and retries. */
export function discordReplier(api: string, options: Partial<RESTOptions> = {}): Replier {
  // Rate limits are waited for inside; server errors are tried three times more, each for 15 seconds at most.
  const rest = new REST({ ...options, api, version: "10" });
  return {
    async send({ applicationId, token, locale }, outcome, { notice = false } = {}) {
      const t = translator(locale);
      const answer = await composeAnswer(outcome, notice ? noticeText(t) : "", t);
      try {
        // The token in the address is all the authorisation that an answer needs.
        await rest.patch(Routes.webhookMessage(applicationId, token), { ...answer, auth: false });
      } catch (error) {
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
function withoutToken(error: unknown): Error {
  const status = error instanceof Error && "status" in error ? ` (${String(error.status)})` : "";
  const name = error instanceof Error ? error.name : "unknown error";
  return new Error(`Discord couldn't be reached: ${name}${status}`);
}

function noticeText(t: Translate): string {
  return t("notice", { command: `\`/${t("command.privacy.name")}\`` });
}

async function composeAnswer(outcome: Reading | UserError, notice: string, t: Translate) {
  const quietly = { content: notice, allowed_mentions: { parse: [] } };
  if (outcome instanceof UserError) {
    const content = [explain(outcome, t), notice].filter((part) => part !== "").join("\n\n");
    return { body: { ...quietly, content, embeds: [], attachments: [] } };
  }
  const text = describeReading(outcome, t);
  const embed: APIEmbed = {
    title: text.headline,
    description: text.explanation,
    color: Number.parseInt(styleOf(outcome.label).colour.slice(1), 16),
    fields: text.profile.map(({ name, value }) => ({ name, value, inline: true })),
    image: { url: `attachment://${PICTURE}` },
    footer: { text: text.footnote },
  };
  return {
    body: { ...quietly, embeds: [embed], attachments: [{ id: 0, filename: PICTURE, description: text.altText }] },
    files: [{ name: PICTURE, data: Buffer.from(await drawReading(outcome, t)), contentType: "image/png" }],
  };
}
