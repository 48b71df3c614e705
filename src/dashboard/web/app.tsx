/** The page whole: who is here, where they are, and in which language. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Language } from "../../i18n/languages.ts";
import type { Translate } from "../../i18n/translate.ts";
import type { Me } from "../api/account.ts";
import { API } from "../api/index.ts";
import { ApiError, ask, perform, SIGNED_OUT } from "./http.ts";
import { firstLanguage, speak, useVoice, Voice } from "./language.ts";
import { recall } from "./memory.ts";
import { Pages } from "./pages.tsx";
import { Problem } from "./parts/problem.tsx";
import { Waiting } from "./parts/waiting.tsx";
import { go, pathOf, placeOf, useAddress } from "./router.tsx";
import { Shell } from "./shell/shell.tsx";
import { SignIn } from "./shell/sign-in.tsx";
import { sentenceOf } from "./use-resource.ts";

/** Sign-in, or the shell with a page in it; `voice` is the one to begin with. */
export function App({ voice }: { readonly voice: Translate }) {
  const [t, setVoice] = useState<Translate>(() => voice);
  const [language, setLanguage] = useState(firstLanguage);
  const choose = async (chosen: Language) => {
    const said = await speak(chosen, true);
    setLanguage(chosen);
    setVoice(() => said);
  };
  return (
    <Voice.Provider value={t}>
      <Door language={language} onLanguage={choose} />
    </Voice.Provider>
  );
}

interface DoorProps {
  readonly language: Language;
  onLanguage(language: Language): void;
}

/** Lets in whoever has a session. */
function Door(speech: DoorProps) {
  const t = useVoice();
  /** Null: nobody; undefined: not known yet. */
  const [me, setMe] = useState<Me | null>();
  const [problem, setProblem] = useState<string>();
  const attempt = async (step: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await step();
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) setMe(null);
      else setProblem(sentenceOf(error, t));
    }
  };
  const enter = () => attempt(async () => setMe(await ask(API.me, API.me.path)));
  const signOut = () =>
    attempt(async () => {
      await perform(API.signOut, API.signOut.path);
      setMe(null);
    });
  // Once.
  useEffect(() => {
    void enter();
    const leave = () => setMe(null);
    addEventListener(SIGNED_OUT, leave);
    return () => removeEventListener(SIGNED_OUT, leave);
  }, []);
  if (me === null) return <SignIn {...speech} />;
  return (
    <>
      {problem !== undefined && <Problem sentence={problem} onRetry={enter} />}
      {me === undefined ? problem === undefined && <Waiting /> : <Inside me={me} {...speech} onSignOut={signOut} />}
    </>
  );
}

/** The shell and the page that the address means. */
function Inside({ me, ...preferences }: DoorProps & { readonly me: Me; onSignOut(): void }) {
  const t = useVoice();
  const { path, query } = useAddress();
  const place = placeOf(path);
  const remembered = me.guilds.find(({ id }) => id === recall("guild"))?.id ?? me.guilds[0]?.id;
  const guildId = "guildId" in place ? place.guildId : remembered;
  useEffect(() => {
    if (place.page === "start") go(pathOf(guildId === undefined ? "try" : "overview", guildId), true);
  }, [place.page, guildId]);
  const first = useRef(true);
  // A new page is read from its beginning, before it is painted; the first one is as the browser opens it.
  // Whenever the page changes.
  useLayoutEffect(() => {
    if (first.current) {
      first.current = place.page === "start";
      return;
    }
    scrollTo(0, 0);
    document.getElementById("content")?.focus({ preventScroll: true });
  }, [path]);
  const page = place.page === "start" || place.page === "nowhere" ? undefined : place.page;
  return (
    <Shell
      guilds={me.guilds}
      guildId={guildId}
      page={page}
      others={["try", "system"]}
      person={me.name ?? t("page.owner")}
      {...preferences}
    >
      <Pages place={place} me={me} query={query} />
    </Shell>
  );
}
