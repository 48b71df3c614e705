/** One alert, and what a person decides about it. */

import { useId, useState } from "preact/hooks";
import type { AlertResource } from "../../api/alerts.ts";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { send } from "../http.ts";
import { useVoice } from "../language.ts";
import { Problem } from "../parts/problem.tsx";
import { timesOf } from "../times.ts";
import { useAction } from "../use-action.ts";
import type { GuildNames } from "../use-guild.ts";
import { EvidenceView } from "./evidence.tsx";

const TONES = { open: "warn", acknowledged: "accent", dismissed: "" } as const;
const DELIVERY_TONES = { waiting: "", delivered: "good", failed: "alarm" } as const;

interface AlertCardProps {
  readonly guildId: string;
  readonly alert: AlertResource;
  readonly names: GuildNames;
  onChanged(alert: AlertResource): void;
}

/** Where, when, on what grounds; and buttons to take it up, or to dismiss it with a note. */
export function AlertCard({ guildId, alert, names, onChanged }: AlertCardProps) {
  const t = useVoice();
  const { moment } = timesOf(t);
  const { busy, problem, attempt } = useAction();
  const [dismissing, setDismissing] = useState(false);
  const [note, setNote] = useState("");
  const id = useId();
  const decide = (state: AlertResource["state"], why: string | null = null) =>
    attempt(async () => {
      const address = addressOf(API.handleAlert, { guildId, alertId: alert.id });
      onChanged(await send(API.handleAlert, address, { state, note: why }));
      setDismissing(false);
    });
  return (
    <article class="card alert" aria-labelledby={id} data-state={alert.state}>
      <header>
        <h2 id={id}>{alert.ruleName}</h2>
        <span>{names.channelName(alert.channelId)}</span>
        <span class="badge" data-tone={TONES[alert.state]}>
          {t(`page.state-${alert.state}`)}
        </span>
        {alert.isQuiet && <span class="badge">{t("page.quiet-hours")}</span>}
        <time class="note push" dateTime={alert.at}>
          {moment(alert.at)}
        </time>
      </header>
      <EvidenceView evidence={alert.evidence} />
      {alert.note !== null && <blockquote>{alert.note}</blockquote>}
      {alert.deliveries.length > 0 && (
        <ul class="row deliveries">
          {alert.deliveries.map((delivery, index) => (
            <li key={`${delivery.target} ${delivery.host} ${index}`}>
              <span class="badge" data-tone={DELIVERY_TONES[delivery.status]} title={delivery.reason ?? undefined}>
                {delivery.host ?? "Discord"}: {t(`page.delivery-${delivery.status}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {problem !== undefined && <Problem sentence={problem} />}
      {dismissing ? (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void decide("dismissed", note.trim() || null);
          }}
        >
          <div class="field">
            <label for={`${id}-note`}>{t("page.note")}</label>
            <textarea
              id={`${id}-note`}
              maxLength={1000}
              value={note}
              onInput={({ currentTarget }) => setNote(currentTarget.value)}
            />
          </div>
          <div class="row">
            <button type="submit" class="primary" disabled={busy}>
              {t("page.dismiss")}
            </button>
            <button type="button" class="quiet" onClick={() => setDismissing(false)}>
              {t("page.cancel")}
            </button>
          </div>
        </form>
      ) : (
        <div class="row">
          {alert.state === "open" && (
            <button type="button" class="primary" disabled={busy} onClick={() => decide("acknowledged")}>
              {t("page.acknowledge")}
            </button>
          )}
          {alert.state !== "dismissed" && (
            <button type="button" disabled={busy} onClick={() => setDismissing(true)}>
              {t("page.dismiss-note")}
            </button>
          )}
          {alert.state !== "open" && (
            <button type="button" disabled={busy} onClick={() => decide("open")}>
              {t("page.reopen")}
            </button>
          )}
        </div>
      )}
    </article>
  );
}
