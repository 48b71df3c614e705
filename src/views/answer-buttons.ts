/**
 * The buttons under an answer, as the worker makes them and the bot hears them. Their custom ids say all that is
 * needed, so that they outlive every process.
 */

import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from "discord-api-types/v10";
import type { Translate } from "../i18n/index.ts";

/** First part of all their custom ids. */
export const ANSWER = "answer";

/** What an answer is about. */
export interface AnswerOrigin {
  readonly clipId: string;
  readonly askerId?: string | undefined;
  readonly subjectId?: string | undefined;
  /** Whether the reading is in the store, so that there are details of it and it can be corrected. */
  readonly isKept: boolean;
}

/** Stands in a custom id for an unknown person. */
const NOBODY = "-";

/** Details and correction where the reading is kept, deletion always. */
export function answerButtons(
  { clipId, askerId, subjectId, isKept }: AnswerOrigin,
  t: Translate,
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  const button = (label: string, ...parts: string[]) =>
    ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label,
      custom_id: [ANSWER, ...parts].join(":"),
    }) as const;
  const details = button(t("answer.details"), "details", clipId);
  // Who may delete stands in the id: a reading that isn't kept says nothing about anybody.
  const deletion = button(t("answer.delete"), "delete", clipId, askerId ?? NOBODY, subjectId ?? NOBODY);
  const wrong = button(t("answer.wrong"), "wrong", clipId);
  return { type: ComponentType.ActionRow, components: isKept ? [details, deletion, wrong] : [deletion] };
}
