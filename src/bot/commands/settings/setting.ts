/** What one of a server's settings is made of, as a subcommand of `/settings`. */

import type { APIApplicationCommandSubcommandOption, ChatInputCommandInteraction } from "discord.js";
import type { GuildSettings } from "../../../store/index.ts";

/** A use of `/settings` in a server that the bot knows. */
export type SettingsUse = ChatInputCommandInteraction<"cached" | "raw">;

/** One setting. */
export interface Setting {
  readonly definition: APIApplicationCommandSubcommandOption;
  /**
   * What the person asks for, as a change of what is set when it is made.
   * @throws UserError when it makes no sense, at once or when it is made.
   */
  read(interaction: SettingsUse): (before: GuildSettings) => Partial<GuildSettings>;
}
