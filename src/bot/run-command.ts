/** Runs commands and presses so that its user always gets an answer, and an error never goes further. */

import { type ButtonInteraction, MessageFlags, type StringSelectMenuInteraction } from "discord.js";
import type { Logger } from "pino";
import { UserError } from "../errors.ts";
import { explain, translator } from "../i18n/index.ts";
import type { CommandUse } from "./commands/command.ts";
import { loggable } from "./loggable.ts";

/** What a person did: a command, a press of a button, or a choice. */
export type Use = CommandUse | ButtonInteraction | StringSelectMenuInteraction;

/** Runs the `command` that `interaction` asks for; what it throws is logged and told to the person in their language. Never throws. */
export async function runCommand(command: () => Promise<void>, interaction: Use, logger: Logger): Promise<void> {
  const log = logger.child({ command: nameOf(interaction), interaction: interaction.id });
  try {
    await command();
  } catch (error) {
    if (error instanceof UserError && error.cause === undefined) log.info({ code: error.code }, "command refused");
    else log.error({ err: loggable(error) }, "command failed");
    await answer(interaction, explain(error, translator(interaction.locale))).catch((cause: unknown) => {
      log.error({ err: loggable(cause) }, "person couldn't be told");
    });
  }
}

function nameOf(interaction: Use): string {
  return interaction.isMessageComponent() ? interaction.customId : interaction.commandName;
}

async function answer(interaction: Use, content: string): Promise<void> {
  const quietly = { content, flags: MessageFlags.Ephemeral } as const;
  if (!interaction.deferred && !interaction.replied) await interaction.reply(quietly);
  // A button's message is not the place to say what went wrong: it would lose what it says.
  else if (interaction.isMessageComponent()) await interaction.followUp(quietly);
  else await interaction.editReply({ content });
}
