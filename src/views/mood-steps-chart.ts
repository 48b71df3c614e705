/** Mood over days or hours, as stacked bars. */

import { labelName } from "../i18n/names.ts";
import type { Translate } from "../i18n/translate.ts";
import type { BarChart, ChartTheme } from "./charts.ts";
import { formatsOf } from "./formats.ts";
import { colourOf, inOrder } from "./mood-shares.ts";

/** One bar. */
export interface MoodBar {
  /** Written under it. */
  readonly name: string;
  /** Shares by label; undefined where they aren't shown. */
  readonly shares: Readonly<Record<string, number>> | undefined;
  /** What is said beside the shares, or in their place. */
  readonly note: string;
}

/** Bars of shares, each stacked to 1; those that aren't shown are gaps with a reason in their tooltip. */
export function moodStepsChart(bars: readonly MoodBar[], t: Translate, theme: ChartTheme): BarChart {
  const { percent } = formatsOf(t);
  const font = { family: theme.fontFamily, size: theme.fontSize };
  const labels = inOrder(bars.flatMap(({ shares }) => Object.keys(shares ?? {})));
  return {
    type: "bar",
    data: {
      labels: bars.map(({ name }) => name),
      datasets: labels.map((label) => ({
        label: labelName(label, t),
        data: bars.map(({ shares }) => shares?.[label] ?? 0),
        backgroundColor: colourOf(label) ?? theme.faint,
        barPercentage: 0.86,
        categoryPercentage: 1,
        stack: "mood",
      })),
    },
    options: {
      animation: false,
      responsive: false,
      interaction: { mode: "index", intersect: false },
      plugins: {
        tooltip: {
          callbacks: {
            afterTitle: ([item]) => bars[item?.dataIndex ?? -1]?.note ?? "",
            label: ({ dataset, parsed }) => `${dataset.label}: ${percent(parsed.y ?? 0)}`,
          },
          filter: ({ parsed }) => (parsed.y ?? 0) > 0,
        },
      },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { display: false },
          ticks: { color: theme.muted, font, maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          stacked: true,
          min: 0,
          max: 1,
          grid: { color: theme.faint },
          border: { display: false },
          ticks: { color: theme.muted, font, stepSize: 0.25, callback: (value) => percent(Number(value)) },
        },
      },
    },
  };
}
