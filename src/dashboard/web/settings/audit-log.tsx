/** Who changed, looked at or exported what. */

import { useEffect, useState } from "preact/hooks";
import { addressOf } from "../../api/endpoint.ts";
import type { AuditResource } from "../../api/guilds.ts";
import { API } from "../../api/index.ts";
import { useVoice } from "../language.ts";
import { Loaded } from "../parts/loaded.tsx";
import { Scroll } from "../parts/scroll.tsx";
import { Select } from "../parts/select.tsx";
import { timesOf } from "../times.ts";
import { useResource } from "../use-resource.ts";

const KINDS = ["change", "view", "export"] as const;

interface AuditLogProps {
  readonly guildId: string;
  /** Asked anew when they were changed. */
  readonly settings: unknown;
}

/** The latest first. */
export function AuditLog({ guildId, settings }: AuditLogProps) {
  const t = useVoice();
  const [kind, setKind] = useState("");
  const [limit, setLimit] = useState(25);
  const log = useResource(API.audit, addressOf(API.audit, { guildId }, { kind: kind || undefined, limit }));
  const { reload } = log;
  // A change is written into the log.
  useEffect(() => reload(), [settings, reload]);
  return (
    <section class="card">
      <header>
        <h2>{t("page.audit")}</h2>
        <div class="push">
          <Select
            label={t("page.audit-kind")}
            value={kind}
            options={[
              { value: "", name: t("page.audit-all") },
              ...KINDS.map((value) => ({ value, name: t(`page.audit-${value}`) })),
            ]}
            onChange={setKind}
          />
        </div>
      </header>
      <Loaded of={log} lines={4}>
        {({ entries, next }) => (
          <>
            {entries.length === 0 && <p class="note">{t("page.audit-none")}</p>}
            {entries.length > 0 && <Entries entries={entries} />}
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

function Entries({ entries }: { readonly entries: readonly AuditResource[] }) {
  const t = useVoice();
  const { moment } = timesOf(t);
  return (
    <Scroll label={t("page.audit")}>
      <table class="full">
        <thead>
          <tr>
            <th scope="col">{t("page.time")}</th>
            <th scope="col">{t("page.who")}</th>
            <th scope="col">{t("page.what")}</th>
            <th scope="col">{t("page.details")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <th scope="row">{moment(entry.at)}</th>
              <td>{entry.actorId === "owner" ? t("page.owner") : (entry.actorName ?? entry.actorId)}</td>
              <td>
                <span class="badge">{t(`page.audit-${entry.kind}`)}</span> {entry.action}
              </td>
              <td class="details">{detailsOf(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What was changed into what; of a look, what was asked for. */
function detailsOf({ kind, before, after }: AuditResource): string {
  const words = (value: unknown) => (value === null || value === undefined ? "–" : JSON.stringify(value));
  if (kind === "change") return `${words(before)} → ${words(after)}`;
  return after === null || after === undefined ? "" : words(after);
}
