/** Language, light, and the way out. */

import { useId, useState } from "preact/hooks";
import { isLanguage, LANGUAGE_CODES, type Language } from "../../../i18n/languages.ts";
import { useVoice } from "../language.ts";
import { Icon } from "../parts/icons.tsx";
import { chosenTheme, light, THEMES } from "../theme.ts";

/** What a reader can set for themselves. */
export interface PreferencesProps {
  /** As whom the reader is here; undefined when nobody is signed in. */
  readonly person: string | undefined;
  readonly language: Language;
  onLanguage(language: Language): void;
  onSignOut(): void;
}

/** Each language by its own name, so that nobody has to read another one to find theirs. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  pl: "Polski",
  pt: "Português",
};

/** Two small choices, and a button. */
export function Preferences({ person, language, onLanguage, onSignOut }: PreferencesProps) {
  const t = useVoice();
  const id = useId();
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <div class="preferences">
      <div class="choices">
        <label class="visually-hidden" for={`${id}-language`}>
          {t("page.language")}
        </label>
        <select
          id={`${id}-language`}
          value={language}
          onChange={({ currentTarget: { value } }) => isLanguage(value) && onLanguage(value)}
        >
          {LANGUAGE_CODES.map((code) => (
            <option key={code} value={code}>
              {LANGUAGE_NAMES[code]}
            </option>
          ))}
        </select>
        <label class="visually-hidden" for={`${id}-theme`}>
          {t("page.theme")}
        </label>
        <select
          id={`${id}-theme`}
          value={theme}
          onChange={({ currentTarget: { value } }) => {
            const chosen = THEMES.find((each) => each === value) ?? "auto";
            setTheme(chosen);
            light(chosen);
          }}
        >
          {THEMES.map((each) => (
            <option key={each} value={each}>
              {t(`page.theme-${each}`)}
            </option>
          ))}
        </select>
      </div>
      {person !== undefined && (
        <div class="person">
          <span>
            <Icon name="person" /> {person}
          </span>
          <button type="button" class="quiet" onClick={onSignOut}>
            <Icon name="leave" /> {t("page.sign-out")}
          </button>
        </div>
      )}
    </div>
  );
}
