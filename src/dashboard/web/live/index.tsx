/** Each live channel as it goes on. */

import { useVoice } from "../language.ts";
import { Empty } from "../parts/empty.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useGuild } from "../use-guild.ts";
import { useTitle } from "../use-title.ts";
import { SessionCard } from "./session-card.tsx";
import { useLive } from "./use-live.ts";

/** The page; it moves by itself. */
export function Live({ guildId }: { readonly guildId: string }) {
  const t = useVoice();
  const { channelName } = useGuild(guildId);
  const { known, connected } = useLive(guildId);
  useTitle(t("page.nav-live"));
  return (
    <div class="page">
      <header>
        <div>
          <h1 tabIndex={-1}>{t("page.nav-live")}</h1>
          <p>{t("page.live-intro")}</p>
        </div>
        <span class="badge push" data-tone={connected ? "good" : "warn"} role="status">
          {t(connected ? "page.stream-on" : "page.stream-off")}
        </span>
      </header>
      <Loaded of={known} lines={6}>
        {({ sessions, readings }) =>
          sessions.length === 0 ? (
            <div class="card">
              <Empty icon="live" title={t("page.live-none")}>
                <p>{t("page.live-none-how")}</p>
              </Empty>
            </div>
          ) : (
            sessions.map((session) => (
              <SessionCard
                key={session.sessionId}
                session={session}
                channel={channelName(session.channelId)}
                readings={readings.filter(({ sessionId }) => sessionId === session.sessionId)}
              />
            ))
          )
        }
      </Loaded>
    </div>
  );
}
