/** `/settings`: shows and changes how Timbre behaves on a server. */

import { ApplicationIntegrationType, InteractionContextType, MessageFlags, PermissionFlagsBits } from "discord.js";
import { UserError } from "../../../errors.ts";
import { type Translate, translator } from "../../../i18n/index.ts";
import type { Store } from "../../../store/index.ts";
import type { SlashCommand, SlashDefinition } from "../command.ts";
import { localisedFields } from "../localised.ts";
import { answers, language, retention } from "./answers.ts";
import { alerts, automatic } from "./channels.ts";
import { describeHistory } from "./history-text.ts";
import { live } from "./live.ts";
import { type Setting, type SettingsUse, subcommand } from "./setting.ts";
import { describeSettings } from "./settings-text.ts";

const SETTINGS: readonly Setting[] = [language, answers, automatic, live, retention, alerts];
const SHOW = "show";
const HISTORY = "history";
/** Changes that are shown at most. */
const HISTORY_LENGTH = 15;

/** How the command is registered. */
export const SETTINGS_DEFINITION: SlashDefinition = {
  ...localisedFields("command.settings.name", "command.settings.description"),
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  options: [
    subcommand("command.settings.show.name", "command.settings.show.description"),
    subcommand("command.settings.history.name", "command.settings.history.description"),
    ...SETTINGS.map(({ definition }) => definition),
  ],
};

/** Makes the command. */
export function settingsCommand({ store }: { readonly store: Pick<Store, "guilds" | "audit"> }): SlashCommand {
  const byName = new Map(SETTINGS.map((setting) => [setting.definition.name, setting]));

  async function answer(interaction: SettingsUse, t: Translate): Promise<string> {
    const { guildId, user, options } = interaction;
    const name = options.getSubcommand();
    if (name === HISTORY) return describeHistory(await store.audit.of(guildId, HISTORY_LENGTH), t);
    if (name === SHOW) return describeSettings(await store.guilds.settings(guildId), t);
    const setting = byName.get(name);
    if (!setting) throw new UserError("no-command");
    const settings = await store.guilds.change(guildId, user.id, setting.read(interaction));
    return `${t("settings.saved")}\n\n${describeSettings(settings, t)}`;
  }

  return {
    definition: SETTINGS_DEFINITION,
    async execute(interaction) {
      // A server can let anybody use a command, but the settings stay with those who manage it.
      if (!interaction.inGuild() || !interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild)) {
        throw new UserError("manage-server");
      }
      const t = translator(interaction.locale);
      const content = await answer(interaction, t);
      await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
    },
  };
}
