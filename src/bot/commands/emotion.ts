/** `/emotion`: hands an attached clip, or the channel's latest, to a worker. */

import { ApplicationCommandOptionType } from "discord.js";
import type { SlashCommand, SlashDefinition } from "./command.ts";
import { EVERYWHERE } from "./everywhere.ts";
import { type ClipCommandParts, deferAnswer, handOver } from "./hand-over.ts";
import { localisedFields } from "./localised.ts";
import { recentAudio } from "./recent-audio.ts";

/** The option's name in code; people read it in their own language. */
const CLIP = "clip";

/** How the command is registered. */
export const EMOTION_DEFINITION: SlashDefinition = {
  ...localisedFields("command.emotion.name", "command.emotion.description"),
  ...EVERYWHERE,
  options: [
    {
      type: ApplicationCommandOptionType.Attachment,
      ...localisedFields("command.emotion.clip.name", "command.emotion.clip.description"),
      name: CLIP,
    },
  ],
};

/** Makes the command. */
export function emotionCommand(parts: ClipCommandParts): SlashCommand {
  return {
    definition: EMOTION_DEFINITION,
    async execute(interaction) {
      const clip = interaction.options.getAttachment(CLIP);
      if (clip !== null) {
        const attribution = { source: "command", subjectId: interaction.user.id, attachmentId: clip.id } as const;
        return handOver(interaction, { url: clip.url, name: clip.name, size: clip.size, attribution }, parts);
      }
      // Looking through a channel may take longer than Discord waits for a first sign.
      await deferAnswer(interaction, parts);
      return handOver(interaction, await recentAudio(interaction), parts);
    },
  };
}
