/** Which languages Timbre speaks; without their texts, so that the page loads only the one it needs. */

/** Codes of all languages. */
export const LANGUAGE_CODES = ["en", "de", "es", "fr", "pl", "pt"] as const;
/** Code of a language that Timbre speaks. */
export type Language = (typeof LANGUAGE_CODES)[number];

/** The language for a Discord or browser locale such as `de`, `en-GB`; English when we don't speak it. */
export function languageOf(locale: string): Language {
  const code = locale.toLowerCase().split("-")[0] ?? "";
  return isLanguage(code) ? code : "en";
}

/** Whether `code` is a language that Timbre speaks. */
export function isLanguage(code: string): code is Language {
  return LANGUAGE_CODES.some((known) => known === code);
}
