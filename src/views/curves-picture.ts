/** Curves of shares against shares, as a picture: for model cards. */

import type { ChartConfiguration } from "chart.js";
import { styleOf } from "./palette.ts";
import { createCard, drawChart, encodeCard, INNER_WIDTH, PADDING, THEME, WIDTH, write } from "./picture-parts.ts";

/** A point; both from 0 to 1. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** What is drawn. */
export interface CurvesPicture {
  readonly title: string;
  /** Names of the axes. */
  readonly x: string;
  readonly y: string;
  readonly curves: readonly { readonly name: string; readonly points: readonly CurvePoint[] }[];
  /** Whether the line x = y is drawn too. */
  readonly diagonal: boolean;
}

const TITLE = 34;
const CHART = 330;
const LEGEND_ROW = 24;
/** The palette's best told apart, for any sight. */
const COLOURS = ["happiness", "sadness", "anger", "disgust"].map((label) => styleOf(label).colour);

/** Draws the curves. @returns a PNG */
export async function curvesPicture(picture: CurvesPicture): Promise<Uint8Array> {
  const height = 2 * PADDING + TITLE + CHART + picture.curves.length * LEGEND_ROW;
  const { canvas, context } = createCard(WIDTH, height);
  context.translate(PADDING, PADDING);
  write(context, picture.title, 17, { size: 19, weight: 600, colour: THEME.text, maxWidth: INNER_WIDTH });
  drawChart(context, definitionOf(picture), { top: TITLE, height: CHART });
  for (const [index, { name }] of picture.curves.entries()) {
    const baseline = TITLE + CHART + (index + 0.8) * LEGEND_ROW;
    context.fillStyle = colourOf(index);
    context.fillRect(0, baseline - 7, 18, 3);
    write(context, name, baseline, { size: 13, weight: 400, colour: THEME.muted, left: 26, maxWidth: INNER_WIDTH });
  }
  return encodeCard(canvas);
}

function definitionOf({ curves, diagonal, x, y }: CurvesPicture): ChartConfiguration<"line", CurvePoint[]> {
  const font = { family: THEME.fontFamily, size: 12 };
  const axis = (name: string) =>
    ({
      type: "linear",
      min: 0,
      max: 1,
      title: { display: true, text: name, color: THEME.muted, font },
      grid: { color: THEME.faint },
      border: { display: false },
      ticks: {
        color: THEME.muted,
        font,
        stepSize: 0.2,
        callback: (value: number | string) => `${Math.round(Number(value) * 100)} %`,
      },
    }) as const;
  const line = { pointRadius: 0, borderWidth: 2.5 } as const;
  const honest = {
    ...line,
    data: [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ],
    borderColor: THEME.muted,
    borderDash: [4, 5],
    borderWidth: 1.5,
  };
  return {
    type: "line",
    data: {
      datasets: [
        ...curves.map(({ points }, index) => ({
          ...line,
          data: [...points],
          pointRadius: diagonal ? 3 : 0,
          borderColor: colourOf(index),
          backgroundColor: colourOf(index),
        })),
        ...(diagonal ? [honest] : []),
      ],
    },
    options: {
      animation: false,
      responsive: false,
      plugins: { tooltip: { enabled: false } },
      scales: { x: axis(x), y: axis(y) },
    },
  };
}

function colourOf(index: number): string {
  return COLOURS[index % COLOURS.length] ?? THEME.text;
}
