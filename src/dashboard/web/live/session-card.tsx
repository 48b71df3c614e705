/** One live channel: its mood, who takes part, and how well Timbre hears. */

import { useCallback, useMemo } from "preact/hooks";
import { labelName } from "../../../i18n/names.ts";
import { moodAt } from "../../../mood/index.ts";
import { type ChartTheme, timelineChart } from "../../../views/charts.ts";
import { clock, formatsOf } from "../../../views/formats.ts";
import { moodText } from "../../../views/mood-text.ts";
import { styleOf } from "../../../views/palette.ts";
import type { LiveResource } from "../../api/live.ts";
import { useVoice } from "../language.ts";
import { ChartView } from "../parts/chart-view.tsx";
import { Legend } from "../parts/legend.tsx";
import { TableView } from "../parts/table-view.tsx";
import { timesOf } from "../times.ts";
import { useNow } from "../use-now.ts";
import { Health } from "./health.tsx";
import { Speakers } from "./speakers.tsx";
import { moodOf, type Reading, streamOf } from "./stream.ts";

/** How often the stream moves on though nobody speaks, ms. */
const TICK_MS = 2000;

interface SessionCardProps {
  readonly session: LiveResource["sessions"][number];
  readonly channel: string;
  /** Of this session, the oldest first. */
  readonly readings: readonly Reading[];
}

/** A card that moves. */
export function SessionCard({ session, channel, readings }: SessionCardProps) {
  const t = useVoice();
  const { time } = timesOf(t);
  const now = useNow(TICK_MS);
  const stream = useMemo(
    () => streamOf(readings, Date.parse(session.startedAt), now),
    [readings, session.startedAt, now],
  );
  const { headline, colour } = moodText(moodAt(moodOf(readings), now), t);
  const definition = useCallback(
    (theme: ChartTheme) => streamChart(timelineChart(stream, t, theme), stream.durationMs),
    [stream, t],
  );
  return (
    <article class="card session" aria-label={channel}>
      <header>
        <span class="badge" data-tone="alarm">
          <span class="dot pulse" aria-hidden="true" /> {t("page.live-badge")}
        </span>
        <h2>{channel}</h2>
        <span class="note push">{t("page.live-since", { time: time(session.startedAt) })}</span>
      </header>
      <p class="mood-now" style={colour ? { "--emotion": colour } : {}}>
        {headline}
      </p>
      <div class="session-parts">
        <section>
          <h3>{t("page.stream")}</h3>
          <ChartView label={`${t("page.stream")}: ${headline}`} definition={definition} />
          <Legend
            items={Object.keys(stream.scores).map((label) => ({
              name: labelName(label, t),
              colour: styleOf(label).colour,
            }))}
          />
          <Utterances readings={readings} names={session.speakers} />
        </section>
        <div class="stack">
          <Speakers speakers={session.speakers} readings={readings} now={now} />
          <Health health={session.health} />
        </div>
      </div>
    </article>
  );
}

type StreamChart = ReturnType<typeof timelineChart>;

/** A stream's time is told from its end: how long ago. */
function streamChart(chart: StreamChart, durationMs: number): StreamChart {
  const x = chart.options?.scales?.["x"];
  if (!x?.ticks) return chart;
  const ago = (value: number | string) => {
    const ms = durationMs - Number(value) * 1000;
    return ms > 0 && ms < durationMs ? `−${clock(ms)}` : undefined;
  };
  const ticks = { ...x.ticks, stepSize: durationMs / 5000, callback: ago };
  return { ...chart, options: { ...chart.options, scales: { ...chart.options?.scales, x: { ...x, ticks } } } };
}

interface UtterancesProps {
  readonly readings: readonly Reading[];
  readonly names: SessionCardProps["session"]["speakers"];
}

/** The stream as a table, the latest first. */
function Utterances({ readings, names }: UtterancesProps) {
  const t = useVoice();
  const { percent } = formatsOf(t);
  const at = new Intl.DateTimeFormat(t("language.tag"), { timeStyle: "medium" });
  return (
    <TableView
      columns={[t("page.time"), t("page.who"), t("page.mood"), t("page.confidence")]}
      rows={readings.toReversed().map((reading) => ({
        key: reading.id,
        cells: [
          at.format(new Date(reading.at)),
          names.find(({ id }) => id === reading.subjectId)?.name ?? t("page.somebody"),
          labelName(reading.label ?? "uncertain", t),
          percent(reading.confidence),
        ],
      }))}
    />
  );
}
