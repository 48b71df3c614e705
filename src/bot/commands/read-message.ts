/** "Read emotion" in the menu of messages: hands the message's clips to a worker. */

import { ApplicationCommandType } from "discord.js";
import { UserError } from "../../errors.ts";
import type { MessageMenuCommand, MessageMenuDefinition } from "./command.ts";
import { EVERYWHERE } from "./everywhere.ts";
import { clipsOf } from "./first-audio.ts";
import { type ClipCommandParts, handOver } from "./hand-over.ts";
import { localisedName } from "./localised.ts";

/** How the command is registered. */
export const READ_MESSAGE_DEFINITION: MessageMenuDefinition = {
  type: ApplicationCommandType.Message,
  ...localisedName("command.read.name"),
  ...EVERYWHERE,
};

/** Makes the command. */
export function readMessageCommand(parts: ClipCommandParts): MessageMenuCommand {
  return {
    definition: READ_MESSAGE_DEFINITION,
    async execute(interaction) {
      const { id, author, attachments } = interaction.targetMessage;
      const clips = clipsOf({ id, author, attachments: attachments.values() }, "menu");
      if (clips.length === 0) throw new UserError("no-attachment");
      await handOver(interaction, clips, parts);
    },
  };
}
