/** The alerts themselves, the latest first. */

import { useState } from "preact/hooks";
import type { AlertResource } from "../../api/alerts.ts";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { useVoice } from "../language.ts";
import { Empty } from "../parts/empty.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Select } from "../parts/select.tsx";
import { useEvents } from "../use-events.ts";
import type { GuildNames } from "../use-guild.ts";
import { useResource } from "../use-resource.ts";
import { AlertCard } from "./alert-card.tsx";

const STATES = ["open", "acknowledged", "dismissed", "all"] as const;

interface InboxProps {
  readonly guildId: string;
  readonly names: GuildNames;
}

/** Those in one state; new ones come by themselves. */
export function Inbox({ guildId, names }: InboxProps) {
  const t = useVoice();
  const [state, setState] = useState<(typeof STATES)[number]>("open");
  const [limit, setLimit] = useState(30);
  const inbox = useResource(
    API.alerts,
    addressOf(API.alerts, { guildId }, { state: state === "all" ? undefined : state, limit }),
  );
  useEvents(guildId, (event) => {
    if (event === "gap" || event.kind === "alert") inbox.reload();
  });
  const changed = (alert: AlertResource) => {
    if (!inbox.value) return;
    const alerts = inbox.value.alerts.map((each) => (each.id === alert.id ? alert : each));
    inbox.put({ ...inbox.value, alerts });
  };
  return (
    <section class="stack">
      <div class="row">
        <Select
          label={t("page.state")}
          value={state}
          options={STATES.map((each) => ({ value: each, name: t(`page.state-${each}`) }))}
          onChange={(value) => setState(STATES.find((each) => each === value) ?? "open")}
        />
      </div>
      <Loaded of={inbox} lines={6}>
        {({ alerts, next }) => (
          <>
            {alerts.length === 0 && (
              <div class="card">
                <Empty icon="check" title={t(state === "open" ? "page.alerts-quiet" : "page.alerts-none")}>
                  <p>{t("page.alerts-quiet-how")}</p>
                </Empty>
              </div>
            )}
            {alerts.map((alert) => (
              <AlertCard key={alert.id} guildId={guildId} alert={alert} names={names} onChanged={changed} />
            ))}
            {next !== null && limit < 100 && (
              <button type="button" onClick={() => setLimit(100)}>
                {t("page.more")}
              </button>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
