/** Which part of the page shows which place. All but the first are loaded when they are first shown. */

import type { Me } from "../api/account.ts";
import { useVoice } from "./language.ts";
import { Overview } from "./overview/index.tsx";
import { lazy } from "./parts/lazy.tsx";
import { Link, type Place } from "./router.tsx";
import { useTitle } from "./use-title.ts";

const Live = lazy(async () => (await import("./live/index.tsx")).Live);
const History = lazy(async () => (await import("./history/index.tsx")).History);
const Alerts = lazy(async () => (await import("./alerts/index.tsx")).Alerts);
const Settings = lazy(async () => (await import("./settings/index.tsx")).Settings);
const TryIt = lazy(async () => (await import("./try/index.tsx")).TryIt);
const System = lazy(async () => (await import("./system/index.tsx")).System);

interface PagesProps {
  readonly place: Place;
  readonly me: Me;
  readonly query: URLSearchParams;
}

/** The page at a place. */
export function Pages({ place, me, query }: PagesProps) {
  if (place.page === "start") return null;
  if (place.page === "try") return <TryIt />;
  if (place.page === "system") return <System />;
  const guild = "guildId" in place ? me.guilds.find(({ id }) => id === place.guildId) : undefined;
  if (place.page === "nowhere" || !guild) return <Nowhere />;
  const props = { guildId: guild.id, key: guild.id };
  if (place.page === "overview") return <Overview {...props} />;
  if (place.page === "live") return <Live {...props} />;
  if (place.page === "history") return <History {...props} query={query} />;
  if (place.page === "alerts") return <Alerts {...props} mayManage={guild.mayManage} query={query} />;
  return <Settings {...props} mayManage={guild.mayManage} />;
}

function Nowhere() {
  const t = useVoice();
  useTitle(t("page.nowhere"));
  return (
    <div class="page">
      <header>
        <h1 tabIndex={-1}>{t("page.nowhere")}</h1>
        <p>
          <Link to="/">{t("page.nowhere-home")}</Link>
        </p>
      </header>
    </div>
  );
}
