/** `/emotion`: hands an attached clip, those of a linked message, or the channel's latest to a worker. */

import { ApplicationCommandOptionType } from "discord.js";
import type { SlashCommand, SlashDefinition } from "./command.ts";
import { EVERYWHERE } from "./everywhere.ts";
import { type ClipCommandParts, deferAnswer, handOver } from "./hand-over.ts";
import { linkedAudio } from "./linked-audio.ts";
import { localisedFields } from "./localised.ts";
import { recentAudio } from "./recent-audio.ts";

/** The options' names in code; people read them in their own language. */
const CLIP = "clip";
const LINK = "link";
const PRIVATE = "private";

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
    {
      type: ApplicationCommandOptionType.String,
      ...localisedFields("command.emotion.link.name", "command.emotion.link.description"),
      name: LINK,
    },
    {
      type: ApplicationCommandOptionType.Boolean,
      ...localisedFields("command.emotion.private.name", "command.emotion.private.description"),
      name: PRIVATE,
    },
  ],
};

/** Makes the command. */
export function emotionCommand(parts: ClipCommandParts): SlashCommand {
  return {
    definition: EMOTION_DEFINITION,
    async execute(interaction) {
      const { options, user } = interaction;
      const isPrivate = options.getBoolean(PRIVATE);
      const clip = options.getAttachment(CLIP);
      if (clip !== null) {
        const { url, name, size } = clip;
        const attribution = { source: "command", subjectId: user.id, attachmentId: clip.id } as const;
        return handOver(interaction, [{ url, name, size, attribution }], parts, isPrivate);
      }
      // Looking for a message may take longer than Discord waits for a first sign.
      await deferAnswer(interaction, parts, isPrivate);
      const link = options.getString(LINK);
      const clips = link === null ? [await recentAudio(interaction)] : await linkedAudio(interaction, link);
      return handOver(interaction, clips, parts);
    },
  };
}
