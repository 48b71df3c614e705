/** A history as stacked bars, with its sum above. */

import { useCallback, useMemo } from "preact/hooks";
import type { ChartTheme } from "../../../views/charts.ts";
import { formatsOf } from "../../../views/formats.ts";
import { shareRows } from "../../../views/mood-shares.ts";
import { moodStepsChart } from "../../../views/mood-steps-chart.ts";
import type { HistoryResource } from "../../api/moods.ts";
import { useVoice } from "../language.ts";
import { ChartView } from "../parts/chart-view.tsx";
import { Legend } from "../parts/legend.tsx";
import { whyNot } from "../parts/mood-note.tsx";
import { inWords, MoodStrip } from "../parts/mood-strip.tsx";
import { TableView } from "../parts/table-view.tsx";
import { timesOf } from "../times.ts";

interface MoodOverTimeProps {
  readonly total: HistoryResource["total"];
  readonly steps: HistoryResource["steps"];
  readonly step: "hour" | "day" | "week";
}

/** What the whole range was like, and each step of it. */
export function MoodOverTime({ total, steps, step }: MoodOverTimeProps) {
  const t = useVoice();
  const { number, percent } = formatsOf(t);
  const bars = useMemo(() => {
    const { day, moment } = timesOf(t);
    return steps.map(({ at, mood }) => ({
      name: step === "hour" ? moment(at) : day(at),
      shares: mood.shown ? mood.shares : undefined,
      note: mood.shown
        ? t("page.basis", { readings: number(mood.readings), people: number(mood.people) })
        : whyNot(mood, t),
    }));
  }, [steps, step, t]);
  const definition = useCallback((theme: ChartTheme) => moodStepsChart(bars, t, theme), [bars, t]);
  const labels = bars.flatMap(({ shares }) => Object.keys(shares ?? {}));
  return (
    <section class="card">
      <header>
        <h2>{t("page.mood-over-time")}</h2>
        {total.shown && (
          <span class="note push">
            {t("page.basis-sure", {
              readings: number(total.readings),
              people: number(total.people),
              confidence: percent(total.confidence),
            })}
          </span>
        )}
      </header>
      {total.shown ? (
        <MoodStrip label={t("page.range-whole")} shares={total.shares} />
      ) : (
        <p class="note">{whyNot(total, t)}</p>
      )}
      <ChartView label={t("page.mood-over-time")} definition={definition} class="tall" />
      <Legend
        items={shareRows(Object.fromEntries(labels.map((label) => [label, 0])), t).map(({ name, colour }) => ({
          name,
          colour: colour ?? "var(--uncertain)",
        }))}
      />
      <TableView
        columns={[t("page.time"), t("page.mood"), t("page.readings")]}
        rows={steps.map(({ at, mood }, index) => ({
          key: at,
          cells: [
            bars[index]?.name ?? "",
            mood.shown ? inWords(shareRows(mood.shares, t)) : whyNot(mood, t),
            mood.shown ? number(mood.readings) : "",
          ],
        }))}
      />
    </section>
  );
}
