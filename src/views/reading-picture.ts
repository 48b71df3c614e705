/** A reading as a picture for places that can't draw: Discord, README. */

import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Translate } from "../i18n/index.ts";
import type { Reading } from "../ser/index.ts";
import { scoreBars, timelineChart } from "./charts.ts";
import { styleOf } from "./palette.ts";
import {
  createCard,
  drawChart,
  encodeCard,
  INNER_WIDTH,
  PADDING,
  THEME,
  WIDTH,
  type Writing,
  write,
} from "./picture-parts.ts";
import { describeReading, type ReadingText } from "./reading-text.ts";
import { waveformChart } from "./waveform.ts";

const HEADER = 54;
const BAR_ROW = 25;
/** A few bars: the chart keeps this much free above and below them, which many bars share. */
const SCALES_MARGIN = 36;
const SCALE_ROW = 20;
const TIMELINE_TITLE = 34;
const WAVEFORM = 56;
const GAP = 10;
const TIMELINE = 118;
const FOOTER = 28;
/** Draws bars of the scores and of the scales, the waveform and, for clips longer than one window, the timeline under it. @returns a PNG. */
export async function drawReading(reading: Reading, t: Translate): Promise<Uint8Array> {
  const text = describeReading(reading, t);
  const barsHeight = text.scores.length * BAR_ROW;
  const scalesHeight = text.dimensions.length > 0 ? SCALES_MARGIN + text.dimensions.length * SCALE_ROW : 0;
  const scalesTitle = barsHeight > 0 && scalesHeight > 0 ? TIMELINE_TITLE : 0;
  const withTimeline = text.scores.length > 0 && reading.timeline.length > 1;
  const overTime = TIMELINE_TITLE + WAVEFORM + (withTimeline ? GAP + TIMELINE : 0);
  const height = 2 * PADDING + HEADER + barsHeight + scalesTitle + scalesHeight + overTime + FOOTER;
  const { canvas, context } = createCard(WIDTH, height);
  context.translate(PADDING, PADDING);
  drawHeader(context, text, reading);
  context.translate(0, HEADER);
  if (barsHeight > 0) {
    drawChart(context, scoreBars(text.scores, THEME), { top: 0, height: barsHeight });
    context.translate(0, barsHeight);
  }
  if (scalesHeight > 0) {
    if (scalesTitle > 0) line(context, t("reading.dimensions"), 22, { size: 13, weight: 600, colour: THEME.muted });
    drawChart(context, scoreBars(text.dimensions, THEME), { top: scalesTitle, height: scalesHeight });
    context.translate(0, scalesTitle + scalesHeight);
  }
  line(context, t("reading.over-time"), 22, { size: 13, weight: 600, colour: THEME.muted });
  drawChart(context, waveformChart(reading, THEME), { top: TIMELINE_TITLE, height: WAVEFORM });
  if (withTimeline) {
    const chart = timelineChart(reading, t, { ...THEME, fontSize: 12 });
    drawChart(context, chart, { top: TIMELINE_TITLE + WAVEFORM + GAP, height: TIMELINE });
  }
  context.translate(0, overTime);
  line(context, text.footnote, FOOTER - 2, { size: 12, weight: 400, colour: THEME.muted });
  return encodeCard(canvas);
}

/** The picture's title, a line that says how sure it is, and a stripe in the emotion's colour. */
function drawHeader(context: SKRSContext2D, text: ReadingText, reading: Reading): void {
  context.fillStyle = text.kind === "emotion" ? styleOf(reading.label).colour : THEME.muted;
  context.beginPath();
  context.roundRect(0, 0, 5, 42, 2.5);
  context.fill();
  const hasWords = text.kind === "emotion" || text.kind === "dimensions";
  const detail = hasWords ? text.confidenceWords : text.explanation;
  line(context, text.title, 17, { size: 21, weight: 600, colour: THEME.text, left: 17 });
  line(context, detail, 39, { size: 13.5, weight: 400, colour: THEME.muted, left: 17 });
}

function line(context: SKRSContext2D, words: string, baseline: number, style: Omit<Writing, "maxWidth">): void {
  write(context, words, baseline, { ...style, maxWidth: INNER_WIDTH });
}
