/** Texts in the languages that Timbre speaks. */

import i18next from "i18next";
import type { UserError } from "../errors.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { pl } from "./pl.ts";
import { pt } from "./pt.ts";
import type { TextKey, Texts } from "./texts.ts";

export type { TextKey } from "./texts.ts";

/** Says a text in one language; `{{placeholders}}` are filled from `values`. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** All languages by their code. */
export const LANGUAGES = { en, de, es, fr, pl, pt } as const satisfies Record<string, Texts>;
/** Code of a language that Timbre speaks. */
export type Language = keyof typeof LANGUAGES;

const engine = i18next.createInstance();
await engine.init({
  fallbackLng: "en",
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: Object.fromEntries(Object.entries(LANGUAGES).map(([code, texts]) => [code, { translation: texts }])),
});

/** The language for a Discord or browser locale such as `de`, `en-GB`; English when we don't speak it. */
export function languageOf(locale: string): Language {
  const code = locale.toLowerCase().split("-")[0] ?? "";
  return code in LANGUAGES && isLanguage(code) ? code : "en";
}

/** Whether `code` is a language that Timbre speaks. */
export function isLanguage(code: string): code is Language {
  return Object.hasOwn(LANGUAGES, code);
}

/** The voice of one language, for a locale. */
export function translator(locale: string): Translate {
  const say = engine.getFixedT(languageOf(locale));
  return (key, values) => say(key, { ...values });
}

/** Whether `key` is a text (used for keys built from data, such as labels of foreign models). */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key);
}

/** An emotion's name in a language; a label that we have no word for is shown as the model spells it. */
export function labelName(label: string, t: Translate): string {
  const key = `label.${label}`;
  return isTextKey(key) ? t(key) : label;
}

/** A scale's name in a language, such as arousal; one that we have no word for is shown as the model spells it. */
export function dimensionName(dimension: string, t: Translate): string {
  const key = `dimension.${dimension}`;
  return isTextKey(key) ? t(key) : dimension;
}

/** An error's sentence in a language. */
export function explain({ code, parameters }: UserError, t: Translate): string {
  return t(`error.${code}`, parameters);
}
