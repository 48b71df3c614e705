/** What one of a server's settings is made of, as a subcommand of `/settings`. */

import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandStringOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  type LocalizationMap,
} from "discord.js";
import type { TextKey } from "../../../i18n/index.ts";
import type { GuildSettings } from "../../../store/index.ts";
import { localisedFields } from "../localised.ts";

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

/** A subcommand in every language. */
export function subcommand(
  nameKey: TextKey,
  descriptionKey: TextKey,
  ...options: APIApplicationCommandBasicOption[]
): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...localisedFields(nameKey, descriptionKey),
    ...(options.length > 0 ? { options } : {}),
  };
}

/** One of several values, called as people read it. */
interface Choice {
  readonly name: string;
  readonly name_localizations?: LocalizationMap;
  readonly value: string;
}

/** An option in which one of the choices must be taken. */
export function oneOf(
  nameKey: TextKey,
  descriptionKey: TextKey,
  ...choices: Choice[]
): APIApplicationCommandStringOption {
  const fields = localisedFields(nameKey, descriptionKey);
  return { type: ApplicationCommandOptionType.String, ...fields, choices, required: true };
}
