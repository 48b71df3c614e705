/** The reader's language: what they chose here, or else what their browser asks for. Only its texts are loaded. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { isLanguage, type Language, languageOf } from "../../i18n/languages.ts";
import type { Texts } from "../../i18n/texts.ts";
import { type Translate, voicesOf } from "../../i18n/translate.ts";
import { recall, remember } from "./memory.ts";

const TEXTS: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import("../../i18n/en.ts")).en,
  de: async () => (await import("../../i18n/de.ts")).de,
  es: async () => (await import("../../i18n/es.ts")).es,
  fr: async () => (await import("../../i18n/fr.ts")).fr,
  pl: async () => (await import("../../i18n/pl.ts")).pl,
  pt: async () => (await import("../../i18n/pt.ts")).pt,
};

/** The language to begin with. */
export function firstLanguage(): Language {
  const chosen = recall("language");
  return chosen && isLanguage(chosen) ? chosen : languageOf(navigator.language);
}

/** Loads a language, notes it for the next visit if it was `chosen`, and tells the document. */
export async function speak(language: Language, chosen = false): Promise<Translate> {
  const voiceOf = await voicesOf({ [language]: await TEXTS[language]() });
  if (chosen) remember("language", language);
  document.documentElement.lang = language;
  return voiceOf(language);
}

/** How texts reach every part of the page. */
export const Voice = createContext<Translate>((key) => key);

/** The voice of the reader's language. */
export const useVoice = (): Translate => useContext(Voice);
