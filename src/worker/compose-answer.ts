/** What an answer consists of: one glance, a picture, and buttons for more. */

import type { APIEmbed } from "discord-api-types/v10";
import { UserError } from "../errors.ts";
import { explain, type Translate } from "../i18n/index.ts";
import type { Reading } from "../ser/index.ts";
import { type AnswerOrigin, answerButtons, describeReading, drawReading, styleOf } from "../views/index.ts";

const PICTURE = "reading.png";
const QUIETLY = { allowed_mentions: { parse: [] } };

/** What an answer is about, and whether it says as well what Timbre is. */
type Subject = AnswerOrigin & { readonly notice?: boolean };

/** The whole answer, as a request to Discord; for an error its sentence alone. */
export async function composeAnswer(outcome: Reading | UserError, origin: Subject, t: Translate) {
  if (outcome instanceof UserError)
    return {
      body: {
        ...QUIETLY,
        content: text(explain(outcome, t), noticeOf(origin, t)),
        embeds: [],
        components: [],
        attachments: [],
      },
    };
  const { altText, footnote } = describeReading(outcome, t);
  const embed: APIEmbed = {
    ...glance(outcome, t),
    image: { url: `attachment://${PICTURE}` },
    footer: { text: footnote },
  };
  return {
    body: {
      ...QUIETLY,
      content: noticeOf(origin, t),
      embeds: [embed],
      components: [answerButtons(origin, t)],
      attachments: [{ id: 0, filename: PICTURE, description: altText }],
    },
    files: [{ name: PICTURE, data: Buffer.from(await drawReading(outcome, t)), contentType: "image/png" }],
  };
}

/** The small answer to a message that was read unasked. */
export function composeNote(reading: Reading, origin: Subject, t: Translate) {
  return {
    ...QUIETLY,
    content: noticeOf(origin, t),
    embeds: [glance(reading, t)],
    components: [answerButtons(origin, t)],
  };
}

function noticeOf({ notice = false }: Subject, t: Translate): string {
  return notice ? t("notice", { command: `\`/${t("command.privacy.name")}\`` }) : "";
}

function text(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

function glance(reading: Reading, t: Translate): APIEmbed {
  const { headline, explanation } = describeReading(reading, t);
  return {
    title: headline,
    description: explanation,
    color: Number.parseInt(styleOf(reading.label).colour.slice(1), 16),
  };
}
