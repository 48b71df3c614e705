/** What a visitor without a session sees. */

import type { Language } from "../../../i18n/languages.ts";
import { API } from "../../api/index.ts";
import { useVoice } from "../language.ts";
import { Logo } from "../parts/icons.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { Preferences } from "./preferences.tsx";

interface SignInProps {
  readonly language: Language;
  onLanguage(language: Language): void;
}

/** The way in: through Discord, or by the link that Timbre printed when it started. */
export function SignIn(speech: SignInProps) {
  const t = useVoice();
  const signIn = useResource(API.signIn, API.signIn.path);
  useTitle(t("page.sign-in"));
  return (
    <main class="door">
      <section class="card">
        <Logo />
        <h1>{t("page.title")}</h1>
        {new URLSearchParams(location.search).get("sign-in") === "failed" && (
          <p class="secret" data-tone="alarm" role="alert">
            {t("page.sign-in-failed")}
          </p>
        )}
        <Loaded of={signIn}>
          {({ way }) =>
            way === "discord" ? (
              <>
                <p>{t("page.sign-in-who")}</p>
                <a class="button primary" href="/auth/sign-in">
                  {t("page.sign-in-discord")}
                </a>
              </>
            ) : (
              <p>{t("page.sign-in-link")}</p>
            )
          }
        </Loaded>
      </section>
      <Preferences {...speech} person={undefined} onSignOut={() => undefined} />
    </main>
  );
}
