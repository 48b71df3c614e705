/** Says texts in one language. */

import i18next from "i18next";
import type { TextKey, Texts } from "./texts.ts";

/** Says a text in one language; `{{placeholders}}` are filled from `values`. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** Makes voices out of texts by the code of their language. */
export async function voicesOf<Code extends string>(
  languages: Readonly<Record<Code, Texts>>,
): Promise<(code: Code) => Translate> {
  const engine = i18next.createInstance();
  await engine.init({
    fallbackLng: "en",
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      Object.entries<Texts>(languages).map(([code, texts]) => [code, { translation: texts }]),
    ),
  });
  return (code) => {
    const say = engine.getFixedT(code);
    return (key, values) => say(key, { ...values });
  };
}
