/** Chart definitions that the page and the pictures share: one look. */

import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  Tooltip,
} from "chart.js";
import { labelName, type Translate } from "../i18n/index.ts";
import type { Contour } from "../ser/index.ts";
import { clock, formatsOf } from "./formats.ts";
import { styleOf } from "./palette.ts";
import type { ScoreRow } from "./reading-text.ts";
import { type AreaPoint, type TimedScores, timelineAreas } from "./timeline-areas.ts";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** The engine, with everything registered that the definitions here need. */
export { Chart };

/** What differs between places where charts are drawn. */
export interface ChartTheme {
  readonly text: string;
  readonly muted: string;
  /** Grid lines and the empty part of bars. */
  readonly faint: string;
  readonly fontFamily: string;
  /** px */
  readonly fontSize: number;
}

/** Text on Discord's dark grey; also the page's dark scheme. */
export const DARK: Omit<ChartTheme, "fontFamily" | "fontSize"> = {
  text: "#f2f3f5",
  muted: "#a5a9b4",
  faint: "#35373f",
};
/** The page's light scheme. */
export const LIGHT: Omit<ChartTheme, "fontFamily" | "fontSize"> = {
  text: "#1d1f27",
  muted: "#5c616e",
  faint: "#e3e4ea",
};

const MS_PER_S = 1000;
/** Share of a time axis after which no tick is labelled. */
const LAST_TICK = 0.95;

/** A chart of bars: each from 0 to its value, or from one value to another. */
export type BarChart = ChartConfiguration<"bar", (number | [number, number])[], string>;

/** Scores as horizontal bars, each with its percentage at the right end. */
export function scoreBars(rows: readonly ScoreRow[], theme: ChartTheme): BarChart {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    type: "bar",
    data: {
      labels: rows.map((row) => row.name),
      datasets: [
        {
          data: rows.map((row) => row.share),
          backgroundColor: rows.map((row) => row.colour),
          borderRadius: 4,
          borderSkipped: false,
          minBarLength: 4,
          barPercentage: 0.62,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      indexAxis: "y",
      animation: false,
      responsive: false,
      layout: { padding: { right: theme.fontSize * 3.6 } },
      plugins: { tooltip: { enabled: false } },
      scales: {
        x: { min: 0, max: 1, display: false },
        y: {
          grid: { display: false },
          border: { display: false },
          ticks: { color: theme.text, font, padding: 10, crossAlign: "far" },
        },
      },
    },
    plugins: [trackAndPercent(rows, theme)],
  };
}

/** Draws the empty track behind each bar and the percentage beside it. */
function trackAndPercent(rows: readonly ScoreRow[], theme: ChartTheme): Plugin<"bar"> {
  return {
    id: "track-and-percent",
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      const height = (chartArea.height / rows.length) * 0.62;
      ctx.fillStyle = theme.faint;
      for (const [index] of rows.entries()) {
        const middle = scales["y"]?.getPixelForValue(index) ?? 0;
        ctx.beginPath();
        ctx.roundRect(chartArea.left, middle - height / 2, chartArea.width, height, 4);
        ctx.fill();
      }
    },
    afterDatasetsDraw({ ctx, chartArea, scales, width }) {
      ctx.textAlign = "right";
      ctx.textBaseline = "middle";
      for (const [index, row] of rows.entries()) {
        ctx.fillStyle = index === 0 ? theme.text : theme.muted;
        ctx.font = `${index === 0 ? 600 : 400} ${theme.fontSize}px ${theme.fontFamily}`;
        ctx.fillText(row.percent, width, scales["y"]?.getPixelForValue(index) ?? chartArea.top);
      }
    },
  };
}

/** Scores over time as stacked areas; windows without speech stay empty. */
export function timelineChart(
  reading: TimedScores,
  t: Translate,
  theme: ChartTheme,
): ChartConfiguration<"line", AreaPoint[]> {
  const { percent } = formatsOf(t);
  const areas = timelineAreas(reading);
  return {
    type: "line",
    data: {
      datasets: areas.map(({ label, points }, index) => ({
        label: labelName(label, t),
        data: points,
        backgroundColor: styleOf(label).colour,
        fill: index === 0 ? "origin" : "-1",
        borderWidth: 0,
        pointRadius: 0,
        pointHitRadius: 0,
      })),
    },
    options: {
      animation: false,
      responsive: false,
      interaction: { mode: "index", intersect: false },
      plugins: {
        tooltip: {
          callbacks: {
            title: ([item]) => clock((item?.parsed.x ?? 0) * MS_PER_S),
            label: ({ dataset, datasetIndex, dataIndex }) =>
              `${dataset.label}: ${percent(areas[datasetIndex]?.points[dataIndex]?.share ?? 0)}`,
          },
        },
      },
      scales: {
        x: timeAxis(reading.durationMs, theme),
        y: { min: 0, max: 1, display: false },
      },
    },
  };
}

/** Pitch and loudness over time, each on a scale of its own. */
export function contourChart(
  contour: Contour,
  names: { readonly pitch: string; readonly loudness: string },
  theme: ChartTheme,
): ChartConfiguration<"line", { x: number; y: number | null }[]> {
  const at = (index: number) => ((index + 0.5) * contour.hopMs) / MS_PER_S;
  const axis = (unit: string) => ({
    grid: { color: theme.faint },
    border: { display: false },
    ticks: {
      color: theme.muted,
      font: { family: theme.fontFamily, size: theme.fontSize },
      maxTicksLimit: 5,
      callback: (value: number | string) => `${value} ${unit}`,
    },
  });
  return {
    type: "line",
    data: {
      datasets: [
        {
          label: names.pitch,
          data: contour.pitchHz.map((hertz, index) => ({ x: at(index), y: hertz })),
          borderColor: PITCH_COLOUR,
          borderWidth: 2.5,
          borderCapStyle: "round",
          pointRadius: 0,
          tension: 0.3,
          yAxisID: "pitch",
        },
        {
          label: names.loudness,
          data: contour.loudnessDbfs.map((level, index) => ({ x: at(index), y: level })),
          borderWidth: 0,
          backgroundColor: LOUDNESS_COLOUR,
          fill: "start",
          pointRadius: 0,
          tension: 0.3,
          yAxisID: "loudness",
        },
      ],
    },
    options: {
      animation: false,
      responsive: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: timeAxis(contour.loudnessDbfs.length * contour.hopMs, theme),
        pitch: { ...axis("Hz"), position: "left", suggestedMin: 80, suggestedMax: 300 },
        loudness: { ...axis("dBFS"), grid: { display: false }, position: "right", min: -80, max: 0 },
      },
    },
  };
}

/** Colour of pitch wherever it is drawn. */
export const PITCH_COLOUR = "#c88503";
/** Colour of loudness, translucent: it lies behind the pitch. */
export const LOUDNESS_COLOUR = "#5286fe55";

function timeAxis(durationMs: number, theme: ChartTheme) {
  return {
    type: "linear",
    min: 0,
    max: durationMs / MS_PER_S,
    grid: { display: false },
    border: { display: false },
    ticks: {
      color: theme.muted,
      font: { family: theme.fontFamily, size: theme.fontSize },
      align: "start",
      maxRotation: 0,
      maxTicksLimit: 8,
      precision: 0,
      includeBounds: false,
      // A label too near the end would need room beyond it.
      callback: (value: number | string) => {
        const ms = Number(value) * MS_PER_S;
        return ms > LAST_TICK * durationMs && ms > 0 ? undefined : clock(ms);
      },
    },
  } as const;
}
