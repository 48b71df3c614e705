/** Names and descriptions of commands in every language that Timbre speaks. */

import { Locale, type LocalizationMap } from "discord.js";
import { languageOf, type TextKey, translator } from "../../i18n/index.ts";

/** Read by everybody whose language we don't speak. */
const DEFAULT = "en";

/** A text in English, and its translations by Discord's locales. */
function localised(key: TextKey): { readonly text: string; readonly translations: LocalizationMap } {
  const foreign = Object.values(Locale).filter((locale) => languageOf(locale) !== DEFAULT);
  return {
    text: translator(DEFAULT)(key),
    translations: Object.fromEntries(foreign.map((locale) => [locale, translator(locale)(key)])),
  };
}

/** The two fields that name a command. */
export function localisedName(key: TextKey) {
  const { text, translations } = localised(key);
  return { name: text, name_localizations: translations };
}

/** The four fields that name and describe a command or an option. */
export function localisedFields(nameKey: TextKey, descriptionKey: TextKey) {
  const { text, translations } = localised(descriptionKey);
  return { ...localisedName(nameKey), description: text, description_localizations: translations };
}
