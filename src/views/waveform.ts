/** A clip's loudness as a waveform, coloured by what was heard. */

import type { Reading } from "../ser/index.ts";
import type { BarChart, ChartTheme } from "./charts.ts";
import { heardAt } from "./heard-at.ts";
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
          backgroundColor: starts.map((start) => colourAt((start + step / 2) * hopMs, reading, theme)),
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

/** The colour of what was heard at a moment; muted where nobody speaks. */
function colourAt(ms: number, reading: Reading, theme: ChartTheme): string {
  const heard = heardAt(reading, ms);
  return heard ? styleOf(heard.label).colour : theme.muted;
}
