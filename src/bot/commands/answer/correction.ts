/** "Wrong?": the subject is asked whether what they say may be kept, and then what it was. */

import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  StringSelectMenuBuilder,
  StringSelectMenuOptionBuilder,
} from "discord.js";
import { labelName, type Translate } from "../../../i18n/index.ts";
import { NO_SPEECH, type Reading } from "../../../ser/index.ts";
import { ANSWER, NO_SPEECH_EMOJI, styleOf } from "../../../views/index.ts";

/** Discord's limit for the options of a select; models with more labels are rare. */
const MOST_OPTIONS = 25;

/** What a clip can be said to be: the labels of the model that read it, and that nobody speaks. */
export function labelsOf({ scores }: Reading): readonly string[] {
  return [...Object.keys(scores).slice(0, MOST_OPTIONS - 1), NO_SPEECH];
}

/** Asks the subject for their agreement. */
export function agreementPanel(clipId: string, t: Translate) {
  const button = (action: string, label: string, style: ButtonStyle) =>
    new ButtonBuilder().setCustomId([ANSWER, action, clipId].join(":")).setLabel(label).setStyle(style);
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
    button("agree", t("answer.agree-yes"), ButtonStyle.Primary),
    button("decline", t("answer.agree-no"), ButtonStyle.Secondary),
  );
  return { content: t("answer.agree"), components: [row] };
}

/** Asks the subject what it was. */
export function labelPanel(clipId: string, reading: Reading, t: Translate) {
  const options = labelsOf(reading).map((label) =>
    new StringSelectMenuOptionBuilder().setValue(label).setLabel(labelName(label, t)).setEmoji(emojiOf(label)),
  );
  const select = new StringSelectMenuBuilder()
    .setCustomId([ANSWER, "label", clipId].join(":"))
    .setPlaceholder(t("answer.which"))
    .setOptions(options);
  return {
    content: t("answer.which"),
    components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)],
  };
}

function emojiOf(label: string): string {
  return label === NO_SPEECH ? NO_SPEECH_EMOJI : styleOf(label).emoji;
}
