/** A clip's loudness as a waveform, coloured by what was heard. */

import type { Reading, TimelineEntry } from "../ser/index.ts";
import type { BarChart, ChartTheme } from "./charts.ts";
import { styleOf } from "./palette.ts";

/** Bars that fit beside one another and can still be told apart. */
const BARS = 120;
/** Half the height of a bar where it is silent, so that time goes on visibly. */
const LEAST = 0.02;

/** Loudness as bars around a middle line, as high as the sound's amplitude (its loudest is 1), coloured by the strongest emotion then. */
export function waveformChart(reading: Reading, theme: ChartTheme): BarChart {
  const { hopMs, loudnessDbfs } = reading.profile.contour;
  const step = Math.max(1, Math.ceil(loudnessDbfs.length / BARS));
  const starts = Array.from({ length: Math.ceil(loudnessDbfs.length / step) }, (_, index) => index * step);
  const amplitudes = starts.map((start) => 10 ** (Math.max(...loudnessDbfs.slice(start, start + step)) / 20));
  const loudest = amplitudes.reduce((a, b) => Math.max(a, b), 0) || 1;
  return {
    type: "bar",
    data: {
      labels: starts.map(String),
      datasets: [
        {
          data: amplitudes.map((amplitude): [number, number] => {
            const half = Math.max(LEAST, amplitude / loudest);
            return [-half, half];
          }),
          backgroundColor: starts.map((start) => colourAt((start + step / 2) * hopMs, reading.timeline, theme)),
          borderRadius: 2,
          borderSkipped: false,
          barPercentage: 0.72,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      animation: false,
      responsive: false,
      // As much as the time axis under it leaves free for its labels.
      layout: { padding: { left: 3, right: 12 } },
      plugins: { tooltip: { enabled: false } },
      scales: { x: { display: false }, y: { display: false, min: -1, max: 1 } },
    },
  };
}

/** The colour of the window whose middle is nearest; muted where nobody speaks. */
function colourAt(ms: number, timeline: readonly TimelineEntry[], theme: ChartTheme): string {
  const distance = ({ startMs, endMs }: TimelineEntry) => Math.abs((startMs + endMs) / 2 - ms);
  const [first, ...others] = timeline.filter(({ startMs, endMs }) => startMs <= ms && ms <= endMs);
  if (first === undefined) return theme.muted;
  const window = others.reduce((best, next) => (distance(next) < distance(best) ? next : best), first);
  const [strongest] = Object.entries(window.scores).toSorted(([, a], [, b]) => b - a);
  return window.speech && strongest ? styleOf(strongest[0]).colour : theme.muted;
}
