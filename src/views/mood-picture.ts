/** A session's mood over time as a small picture. */

import type { SKRSContext2D } from "@napi-rs/canvas";
import { labelName, type Translate } from "../i18n/index.ts";
import { type MoodTimeline, overall, stepsOf } from "../mood/index.ts";
import { timelineChart } from "./charts.ts";
import { formatsOf } from "./formats.ts";
import { styleOf } from "./palette.ts";
import { createCard, drawChart, encodeCard, INNER_WIDTH, PADDING, THEME, WIDTH, write } from "./picture-parts.ts";

const TITLE = 34;
const CHART = 150;
const LEGEND_ROW = 24;
const LEGEND_COLUMNS = 3;
const COLUMN = INNER_WIDTH / LEGEND_COLUMNS;

/** Draws the shares of the emotions over a session, with a legend, the strongest first. @returns a PNG */
export async function drawMood(timeline: MoodTimeline, t: Translate): Promise<Uint8Array> {
  const { shares } = overall(timeline);
  const legend = Object.entries(shares).toSorted(([, a], [, b]) => b - a);
  const steps = stepsOf(timeline);
  const height = 2 * PADDING + TITLE + CHART + Math.ceil(legend.length / LEGEND_COLUMNS) * LEGEND_ROW;
  const { canvas, context } = createCard(WIDTH, height);
  context.translate(PADDING, PADDING);
  write(context, t("reading.over-time"), 17, { size: 15, weight: 600, colour: THEME.text, maxWidth: INNER_WIDTH });
  const definition = timelineChart(
    {
      scores: shares,
      durationMs: steps.at(-1)?.endMs ?? 0,
      timeline: steps.map(({ startMs, endMs, mood }) => ({
        ...{ startMs, endMs, scores: mood.shares },
        speech: mood.weightMs > 0,
      })),
    },
    t,
    { ...THEME, fontSize: 12 },
  );
  drawChart(context, definition, { top: TITLE, height: CHART });
  for (const [index, [label, share]] of legend.entries()) drawEntry(context, index, label, share, t);
  return encodeCard(canvas);
}

function drawEntry(context: SKRSContext2D, index: number, label: string, share: number, t: Translate): void {
  const left = (index % LEGEND_COLUMNS) * COLUMN;
  const baseline = TITLE + CHART + (Math.floor(index / LEGEND_COLUMNS) + 0.85) * LEGEND_ROW;
  context.fillStyle = styleOf(label).colour;
  context.beginPath();
  context.roundRect(left, baseline - 10, 11, 11, 3);
  context.fill();
  const words = `${labelName(label, t)} ${formatsOf(t).percent(share)}`;
  const style = { size: 13, weight: 400, colour: THEME.muted, left: left + 19, maxWidth: left + COLUMN } as const;
  write(context, words, baseline, style);
}
