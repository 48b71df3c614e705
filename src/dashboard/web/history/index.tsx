/** What the mood was: over time, by weekday and hour, and in rows. */

import { useMemo } from "preact/hooks";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import { useVoice } from "../language.ts";
import { Empty } from "../parts/empty.tsx";
import { Icon } from "../parts/icons.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { go, pathOf } from "../router.tsx";
import { useGuild } from "../use-guild.ts";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { FilterBar } from "./filter-bar.tsx";
import { HeatMap } from "./heat-map.tsx";
import { MoodOverTime } from "./mood-over-time.tsx";
import { addressFor, filtersOf, questionOf } from "./range.ts";
import { Rows } from "./rows.tsx";

interface HistoryProps {
  readonly guildId: string;
  /** The filters, so that an address can be kept and passed on. */
  readonly query: URLSearchParams;
}

/** The page. */
export function History({ guildId, query }: HistoryProps) {
  const t = useVoice();
  const names = useGuild(guildId);
  const key = query.toString();
  const filters = useMemo(() => filtersOf(new URLSearchParams(key)), [key]);
  const question = useMemo(() => questionOf(filters), [filters]);
  const history = useResource(API.history, addressOf(API.history, { guildId }, question));
  const file = (format: "csv" | "json") => addressOf(API.historyExport, { guildId }, { ...question, format });
  useTitle(t("page.nav-history"));
  return (
    <div class="page">
      <header>
        <div>
          <h1 tabIndex={-1}>{t("page.nav-history")}</h1>
          <p>{t("page.history-intro")}</p>
        </div>
        <div class="row push">
          <a class="button" href={file("csv")} download>
            <Icon name="download" /> CSV
          </a>
          <a class="button" href={file("json")} download>
            <Icon name="download" /> JSON
          </a>
        </div>
      </header>
      <FilterBar
        filters={filters}
        channels={names.guild?.channels ?? []}
        onChange={(next) => go(addressFor(pathOf("history", guildId), next), true)}
      />
      <Loaded of={history} lines={8}>
        {({ total, steps, heat }) =>
          !total.shown && total.reason === "none" ? (
            <div class="card">
              <Empty icon="history" title={t("page.history-none")}>
                <p>{t("page.history-none-how")}</p>
              </Empty>
            </div>
          ) : (
            <>
              <MoodOverTime total={total} steps={steps} step={question.step} />
              <HeatMap heat={heat} />
              <Rows key={key} guildId={guildId} question={question} names={names} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}
