/** The settings of answers: their language, who sees them, and how long readings are kept. */

import { ApplicationCommandOptionType } from "discord.js";
import { isLanguage, LANGUAGES } from "../../../i18n/index.ts";
import { MAX_RETENTION_DAYS } from "../../../store/index.ts";
import { localisedFields, localisedName } from "../localised.ts";
import { oneOf, type Setting, subcommand } from "./setting.ts";

/** The choice of no language for all. */
const OWN = "own";

/** `/settings language`. */
export const language: Setting = {
  definition: subcommand(
    "command.settings.language.name",
    "command.settings.language.description",
    oneOf(
      "command.settings.language.name",
      "command.settings.language.option.description",
      { ...localisedName("settings.language-own"), value: OWN },
      ...Object.entries(LANGUAGES).map(([value, texts]) => ({ name: texts["language.name"], value })),
    ),
  ),
  read(interaction) {
    const chosen = interaction.options.getString("language", true);
    return () => ({ language: isLanguage(chosen) ? chosen : null });
  },
};

/** `/settings answers`. */
export const answers: Setting = {
  definition: subcommand(
    "command.settings.answers.name",
    "command.settings.answers.description",
    oneOf(
      "command.settings.answers.option.name",
      "command.settings.answers.option.description",
      { ...localisedName("settings.answers-public"), value: "public" },
      { ...localisedName("settings.answers-private"), value: "private" },
    ),
  ),
  read(interaction) {
    const isPublic = interaction.options.getString("seen-by", true) === "public";
    return () => ({ answers: isPublic ? "public" : "private" });
  },
};

/** `/settings retention`. */
export const retention: Setting = {
  definition: subcommand("command.settings.retention.name", "command.settings.retention.description", {
    type: ApplicationCommandOptionType.Integer,
    ...localisedFields("command.settings.retention.days.name", "command.settings.retention.days.description"),
    min_value: 0,
    max_value: MAX_RETENTION_DAYS,
    required: true,
  }),
  read(interaction) {
    const retentionDays = interaction.options.getInteger("days", true);
    return () => ({ retentionDays });
  },
};
