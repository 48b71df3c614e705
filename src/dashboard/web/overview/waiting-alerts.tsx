/** Alerts that nobody has looked at yet. */

import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { useVoice } from "../language.ts";
import { Empty } from "../parts/empty.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Link, pathOf } from "../router.tsx";
import { timesOf } from "../times.ts";
import type { GuildNames } from "../use-guild.ts";
import { useResource } from "../use-resource.ts";

/** How many are listed here; the inbox has the rest. */
const LISTED = 3;

interface WaitingAlertsProps {
  readonly guildId: string;
  /** How many are open. */
  readonly count: number;
  readonly names: GuildNames;
}

/** The latest of them, and the way to all. */
export function WaitingAlerts({ guildId, count, names }: WaitingAlertsProps) {
  const t = useVoice();
  return (
    <section class="card">
      <header>
        <h2>{t("page.waiting-alerts")}</h2>
        {count > 0 && (
          <span class="badge" data-tone="warn">
            {count}
          </span>
        )}
        <Link class="push" to={pathOf("alerts", guildId)}>
          {t("page.alerts-open")}
        </Link>
      </header>
      {count === 0 ? (
        <Empty icon="check" title={t("page.alerts-quiet")}>
          <p>{t("page.alerts-quiet-how")}</p>
        </Empty>
      ) : (
        <Latest key={count} guildId={guildId} names={names} />
      )}
    </section>
  );
}

function Latest({ guildId, names }: Omit<WaitingAlertsProps, "count">) {
  const t = useVoice();
  const { moment } = timesOf(t);
  const alerts = useResource(API.alerts, addressOf(API.alerts, { guildId }, { state: "open", limit: LISTED }));
  return (
    <Loaded of={alerts}>
      {(page) => (
        <ul class="stack">
          {page.alerts.map((alert) => (
            <li key={alert.id} class="row">
              <strong>{alert.ruleName}</strong>
              <span>{names.channelName(alert.channelId)}</span>
              <time class="note push" dateTime={alert.at}>
                {moment(alert.at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
