/** The buttons under an answer: details, deletion, and "Wrong?". */

import { type ButtonInteraction, MessageFlags, PermissionFlagsBits } from "discord.js";
import { UserError } from "../../../errors.ts";
import { labelName, translator } from "../../../i18n/index.ts";
import type { Reading } from "../../../ser/index.ts";
import type { Store } from "../../../store/index.ts";
import { ANSWER } from "../../../views/index.ts";
import type { ButtonGroup } from "../command.ts";
import { agreementPanel, labelPanel, labelsOf } from "./correction.ts";
import { detailsEmbed } from "./details.ts";

/** What the buttons need. */
interface AnswerParts {
  readonly store: Pick<Store, "clips" | "corrections">;
}

/** Makes the buttons. Everything they know stands in their ids and in the store, so they work after a restart, too. */
export function answerControls({ store }: AnswerParts): ButtonGroup {
  /** @throws UserError `clip-deleted` when it is no longer kept */
  async function readingOf(
    clipId: string,
  ): Promise<{ readonly reading: Reading; readonly subjectId?: string | undefined }> {
    const clip = await store.clips.find(clipId);
    if (!clip?.reading) throw new UserError("clip-deleted");
    return { reading: clip.reading, subjectId: clip.attribution?.subjectId };
  }

  /** @throws UserError `only-subject` when it is another person's voice, or nobody knows whose */
  async function ownReading(clipId: string, userId: string): Promise<Reading> {
    const { reading, subjectId } = await readingOf(clipId);
    if (subjectId !== userId) throw new UserError("only-subject");
    return reading;
  }

  async function remove(interaction: ButtonInteraction, clipId: string, people: readonly string[]): Promise<void> {
    const isTheirs = people.includes(interaction.user.id);
    if (!isTheirs && !interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages))
      throw new UserError("not-yours");
    await store.clips.forget(clipId);
    await interaction.deferUpdate();
    await interaction.deleteReply();
  }

  return {
    name: ANSWER,
    async press(interaction, request) {
      const [action = "", clipId = "", ...people] = request.split(":");
      const { locale, user } = interaction;
      const t = translator(locale);
      switch (action) {
        case "details": {
          const { reading } = await readingOf(clipId);
          await interaction.reply({ embeds: [detailsEmbed(reading, t)], flags: MessageFlags.Ephemeral });
          return;
        }
        case "delete":
          return remove(interaction, clipId, people);
        case "wrong":
          await ownReading(clipId, user.id);
          await interaction.reply({ ...agreementPanel(clipId, t), flags: MessageFlags.Ephemeral });
          return;
        case "agree":
          await interaction.update(labelPanel(clipId, await ownReading(clipId, user.id), t));
          return;
        case "decline":
          await interaction.update({ content: t("answer.declined"), components: [] });
          return;
        default:
          throw new UserError("no-command");
      }
    },
    async choose(interaction, request) {
      const [action = "", clipId = ""] = request.split(":");
      const [label = ""] = interaction.values;
      const reading = await ownReading(clipId, interaction.user.id);
      if (action !== "label" || !labelsOf(reading).includes(label)) throw new UserError("no-command");
      if (!(await store.corrections.save(clipId, interaction.user.id, label))) throw new UserError("clip-deleted");
      const t = translator(interaction.locale);
      await interaction.update({ content: t("answer.thanks", { label: labelName(label, t) }), components: [] });
    },
  };
}
