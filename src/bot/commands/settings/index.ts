/** `/settings`: shows and changes how Timbre behaves on a server. */

import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
} from "discord.js";
import { UserError } from "../../../errors.ts";
import { translator } from "../../../i18n/index.ts";
import type { Store } from "../../../store/index.ts";
import type { SlashCommand, SlashDefinition } from "../command.ts";
import { localisedFields } from "../localised.ts";
import { answers, language, retention } from "./answers.ts";
import { alerts, automatic } from "./channels.ts";
import { live } from "./live.ts";
import type { Setting } from "./setting.ts";
import { describeSettings } from "./settings-text.ts";

const SETTINGS: readonly Setting[] = [language, answers, automatic, live, retention, alerts];
const SHOW = "show";

/** How the command is registered. */
export const SETTINGS_DEFINITION: SlashDefinition = {
  ...localisedFields("command.settings.name", "command.settings.description"),
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      ...localisedFields("command.settings.show.name", "command.settings.show.description"),
    },
    ...SETTINGS.map(({ definition }) => definition),
  ],
};

/** Makes the command. */
export function settingsCommand({ store }: { readonly store: Pick<Store, "guilds"> }): SlashCommand {
  const byName = new Map(SETTINGS.map((setting) => [setting.definition.name, setting]));
  return {
    definition: SETTINGS_DEFINITION,
    async execute(interaction) {
      // A server can let anybody use a command, but the settings stay with those who manage it.
      if (!interaction.inGuild() || !interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild)) {
        throw new UserError("manage-server");
      }
      const { guildId, user } = interaction;
      const t = translator(interaction.locale);
      const name = interaction.options.getSubcommand();
      const setting = byName.get(name);
      if (!setting && name !== SHOW) throw new UserError("no-command");
      const settings = setting
        ? await store.guilds.change(guildId, user.id, setting.read(interaction))
        : await store.guilds.settings(guildId);
      const text = describeSettings(settings, t);
      await interaction.reply({
        content: setting ? `${t("settings.saved")}\n\n${text}` : text,
        flags: MessageFlags.Ephemeral,
        allowedMentions: { parse: [] },
      });
    },
  };
}
