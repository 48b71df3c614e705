/** Texts in the languages that Timbre speaks. */

import type { UserError } from "../errors.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { type Language, languageOf } from "./languages.ts";
import { pl } from "./pl.ts";
import { pt } from "./pt.ts";
import type { Texts } from "./texts.ts";
import { type Translate, voicesOf } from "./translate.ts";

export { isLanguage, type Language, languageOf } from "./languages.ts";
export { labelName } from "./names.ts";
export type { TextKey } from "./texts.ts";
export type { Translate } from "./translate.ts";

/** All languages by their code. */
export const LANGUAGES = { en, de, es, fr, pl, pt } as const satisfies Record<Language, Texts>;

const voiceOf = await voicesOf(LANGUAGES);

/** The voice of one language, for a locale. */
export function translator(locale: string): Translate {
  return voiceOf(languageOf(locale));
}

/** An error's sentence in a language. */
export function explain({ code, parameters }: UserError, t: Translate): string {
  return t(`error.${code}`, parameters);
}
