/** What a command is made of: one that is typed, or one in a message's menu. */

import type {
  ApplicationCommandType,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
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

/** Buttons and selects that belong together. Their custom ids are the group's name, a colon and what they are for. */
export interface ButtonGroup {
  readonly name: string;
  /**
   * Answers one press. Whoever sees a button can press it: what they may do is for the group to decide.
   * @throws UserError whose sentence the person shall read; anything else that is thrown is logged.
   */
  press(interaction: ButtonInteraction, action: string): Promise<void>;
  /** The same for a choice in a select; left out where there is none. */
  choose?(interaction: StringSelectMenuInteraction, action: string): Promise<void>;
}
