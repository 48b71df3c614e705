/** What is going on: who is heard now, today beside the last weeks, and what waits. */

import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import type { OverviewResource } from "../../api/moods.ts";
import { useVoice } from "../language.ts";
import { Empty } from "../parts/empty.tsx";
import { Icon } from "../parts/icons.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Link, pathOf } from "../router.tsx";
import { timesOf, ZONE } from "../times.ts";
import { useEvents } from "../use-events.ts";
import { type GuildNames, useGuild } from "../use-guild.ts";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { Days } from "./days.tsx";
import { Today } from "./today.tsx";
import { WaitingAlerts } from "./waiting-alerts.tsx";

/** The page that one opens first. */
export function Overview({ guildId }: { readonly guildId: string }) {
  const t = useVoice();
  const names = useGuild(guildId);
  const overview = useResource(API.overview, addressOf(API.overview, { guildId }, { zone: ZONE }));
  useTitle(t("page.nav-overview"));
  useEvents(guildId, (event) => {
    if (event === "gap" || event.kind === "session" || event.kind === "alert") overview.reload();
  });
  return (
    <div class="page">
      <header>
        <h1 tabIndex={-1}>{t("page.nav-overview")}</h1>
        <p>{names.guild?.name}</p>
      </header>
      <Loaded of={overview} lines={6}>
        {(value) => (
          <>
            <div class="grid">
              <LiveNow guildId={guildId} live={value.live} names={names} />
              <WaitingAlerts guildId={guildId} count={value.alertsOpen} names={names} />
            </div>
            <Today today={value.today} usual={value.usual} />
            <Days days={value.days} guildId={guildId} />
          </>
        )}
      </Loaded>
    </div>
  );
}

interface LiveNowProps {
  readonly guildId: string;
  readonly live: OverviewResource["live"];
  readonly names: GuildNames;
}

function LiveNow({ guildId, live, names }: LiveNowProps) {
  const t = useVoice();
  const { time } = timesOf(t);
  return (
    <section class="card">
      <header>
        <h2>{t("page.live-now")}</h2>
        {live.length > 0 && (
          <Link class="push" to={pathOf("live", guildId)}>
            {t("page.live-open")}
          </Link>
        )}
      </header>
      {live.length === 0 ? (
        <Empty icon="live" title={t("page.live-none")}>
          <p>{t("page.live-none-how")}</p>
        </Empty>
      ) : (
        <ul class="stack">
          {live.map((session) => (
            <li key={session.sessionId} class="row">
              <span class="badge" data-tone="alarm">
                <span class="dot pulse" aria-hidden="true" /> {t("page.live-badge")}
              </span>
              <strong>{names.channelName(session.channelId)}</strong>
              <span class="note push">
                <Icon name="person" /> {t("page.live-speakers", { count: session.speakers })} ·{" "}
                {t("page.live-since", { time: time(session.startedAt) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
