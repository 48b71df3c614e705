/** What a command is made of: one that is typed, or one in a message's menu. */

import type {
  ApplicationCommandType,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";

/** How a slash command is registered with Discord. */
export type SlashDefinition = RESTPostAPIChatInputApplicationCommandsJSONBody;
/** How a command in the menu of messages is registered with Discord. */
export type MessageMenuDefinition = RESTPostAPIContextMenuApplicationCommandsJSONBody & {
  readonly type: ApplicationCommandType.Message;
};
/** How any command is registered with Discord. */
export type CommandDefinition = SlashDefinition | MessageMenuDefinition;

/** One use of any command. */
export type CommandUse = ChatInputCommandInteraction | MessageContextMenuCommandInteraction;

interface CommandOf<Definition, Use> {
  readonly definition: Definition;
  /**
   * Answers one use of the command.
   * @throws UserError whose sentence the person shall read; anything else that is thrown is logged.
   */
  execute(interaction: Use): Promise<void>;
}

/** A command that is typed. */
export type SlashCommand = CommandOf<SlashDefinition, ChatInputCommandInteraction>;
/** A command in the menu of messages. */
export type MessageMenuCommand = CommandOf<MessageMenuDefinition, MessageContextMenuCommandInteraction>;
