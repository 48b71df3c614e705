/** A history in rows, page by page: one step in one channel from one source. */

import { useEffect, useState } from "preact/hooks";
import { formatsOf } from "../../../views/formats.ts";
import { shareRows } from "../../../views/mood-shares.ts";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import type { HistoryRow } from "../../api/moods.ts";
import { useVoice } from "../language.ts";
import { Loaded } from "../parts/loaded.tsx";
import { whyNot } from "../parts/mood-note.tsx";
import { inWords, MoodStrip } from "../parts/mood-strip.tsx";
import { Scroll } from "../parts/scroll.tsx";
import { timesOf } from "../times.ts";
import type { GuildNames } from "../use-guild.ts";
import { useResource } from "../use-resource.ts";
import type { HistoryQuery } from "./range.ts";

const ROWS_PER_PAGE = 25;

interface RowsProps {
  readonly guildId: string;
  readonly question: HistoryQuery;
  readonly names: GuildNames;
}

/** A table with the latest first, and a way to earlier and later pages. */
export function Rows({ guildId, question, names }: RowsProps) {
  const t = useVoice();
  /** Where each page up to this one begins. */
  const [starts, setStarts] = useState<readonly (string | undefined)[]>([undefined]);
  useEffect(() => setStarts([undefined]), [question]);
  const after = starts.at(-1);
  const page = useResource(
    API.historyTable,
    addressOf(API.historyTable, { guildId }, { ...question, limit: String(ROWS_PER_PAGE), after }),
  );
  return (
    <section class="card" aria-busy={page.stale}>
      <h2>{t("page.rows")}</h2>
      <Loaded of={page} lines={5}>
        {({ rows, next }) => (
          <>
            <Scroll label={t("page.rows")}>
              <table class="full">
                <thead>
                  <tr>
                    <th scope="col">{t("page.time")}</th>
                    <th scope="col">{t("page.channel")}</th>
                    <th scope="col">{t("page.source")}</th>
                    <th scope="col">{t("page.readings")}</th>
                    <th scope="col">{t("page.mood")}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <Row
                      key={`${row.at} ${row.channelId} ${row.source}`}
                      row={row}
                      step={question.step}
                      names={names}
                    />
                  ))}
                </tbody>
              </table>
            </Scroll>
            <p class="row">
              <button type="button" disabled={starts.length < 2} onClick={() => setStarts(starts.slice(0, -1))}>
                {t("page.later")}
              </button>
              <button
                type="button"
                disabled={next === null}
                onClick={() => next !== null && setStarts([...starts, next])}
              >
                {t("page.earlier")}
              </button>
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}

function Row({ row, step, names }: { row: HistoryRow; step: HistoryQuery["step"]; names: GuildNames }) {
  const t = useVoice();
  const { day, moment } = timesOf(t);
  const { mood } = row;
  return (
    <tr>
      <th scope="row">{step === "hour" ? moment(row.at) : day(row.at)}</th>
      <td>{names.channelName(row.channelId)}</td>
      <td>{t(`page.source-${row.source}`)}</td>
      <td>{mood.shown ? formatsOf(t).number(mood.readings) : ""}</td>
      <td class="mood-cell">
        {mood.shown ? (
          <>
            <MoodStrip label={t("page.mood")} shares={mood.shares} />
            <span class="note" aria-hidden="true">
              {inWords(shareRows(mood.shares, t).filter(({ share }) => share >= 0.1))}
            </span>
          </>
        ) : (
          <span class="note">{whyNot(mood, t)}</span>
        )}
      </td>
    </tr>
  );
}
