/** Alerts: what waits for somebody's eyes, by which rules, and who else is told. */

import { useVoice } from "../language.ts";
import { Link, pathOf } from "../router.tsx";
import { useGuild } from "../use-guild.ts";
import { useTitle } from "../use-title.ts";
import { Inbox } from "./inbox.tsx";
import { Rules } from "./rules.tsx";
import { Webhooks } from "./webhooks.tsx";

const VIEWS = ["inbox", "rules", "webhooks"] as const;

interface AlertsProps {
  readonly guildId: string;
  /** Whether the reader may change rules and webhooks. */
  readonly mayManage: boolean;
  readonly query: URLSearchParams;
}

/** The page. */
export function Alerts({ guildId, mayManage, query }: AlertsProps) {
  const t = useVoice();
  const names = useGuild(guildId);
  const view = VIEWS.find((each) => each === query.get("view")) ?? "inbox";
  const views = VIEWS.filter((each) => each !== "webhooks" || mayManage);
  useTitle(t("page.nav-alerts"));
  return (
    <div class="page">
      <header>
        <div>
          <h1 tabIndex={-1}>{t("page.nav-alerts")}</h1>
          <p>{t("page.alerts-intro")}</p>
        </div>
      </header>
      <nav class="tabs" aria-label={t("page.nav-alerts")}>
        <ul>
          {views.map((each) => (
            <li key={each}>
              <Link to={`${pathOf("alerts", guildId)}?view=${each}`} current={each === view}>
                {t(`page.view-${each}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {view === "inbox" && <Inbox guildId={guildId} names={names} />}
      {view === "rules" && <Rules guildId={guildId} names={names} mayManage={mayManage} />}
      {view === "webhooks" && mayManage && <Webhooks guildId={guildId} />}
    </div>
  );
}
