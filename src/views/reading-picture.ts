/** A reading as a picture for places that can't draw: Discord, README. */

import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Translate } from "../i18n/index.ts";
import type { Reading } from "../ser/index.ts";
import { type BarChart, Chart, type ChartTheme, DARK, scoreBars, timelineChart } from "./charts.ts";
import { PICTURE_FONT, registerFonts } from "./fonts.ts";
import { styleOf } from "./palette.ts";
import { describeReading, type ReadingText } from "./reading-text.ts";
import { waveformChart } from "./waveform.ts";

/** Picture pixels per layout pixel; Discord shows pictures at up to 550 px, sharp screens double that. */
const SCALE = 2;
const WIDTH = 600;
const PADDING = 22;
const INNER_WIDTH = WIDTH - 2 * PADDING;
const HEADER = 54;
const BAR_ROW = 25;
const TIMELINE_TITLE = 34;
const WAVEFORM = 56;
const GAP = 10;
const TIMELINE = 118;
const FOOTER = 28;
/** Discord's dark embed grey: light text on it reads well in both of Discord's themes. */
const CARD = "#1e1f22";

const THEME: ChartTheme = { ...DARK, fontFamily: PICTURE_FONT, fontSize: 14 };

/** Draws bars of the scores, the waveform and, for clips longer than one window, the timeline under it. @returns a PNG. */
export async function drawReading(reading: Reading, t: Translate): Promise<Uint8Array> {
  registerFonts();
  const text = describeReading(reading, t);
  const barsHeight = text.scores.length * BAR_ROW;
  const withTimeline = text.scores.length > 0 && reading.timeline.length > 1;
  const overTime = TIMELINE_TITLE + WAVEFORM + (withTimeline ? GAP + TIMELINE : 0);
  const height = 2 * PADDING + HEADER + barsHeight + overTime + FOOTER;
  const canvas = createCanvas(WIDTH * SCALE, height * SCALE);
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  drawCard(context, height);
  context.translate(PADDING, PADDING);
  drawHeader(context, text, reading);
  context.translate(0, HEADER);
  if (barsHeight > 0) {
    context.drawImage(drawChart(scoreBars(text.scores, THEME), barsHeight), 0, 0, INNER_WIDTH, barsHeight);
    context.translate(0, barsHeight);
  }
  write(context, t("reading.over-time"), 22, { size: 13, weight: 600, colour: THEME.muted });
  context.drawImage(drawChart(waveformChart(reading, THEME), WAVEFORM), 0, TIMELINE_TITLE, INNER_WIDTH, WAVEFORM);
  if (withTimeline) {
    const chart = timelineChart(reading, t, { ...THEME, fontSize: 12 });
    context.drawImage(drawChart(chart, TIMELINE), 0, TIMELINE_TITLE + WAVEFORM + GAP, INNER_WIDTH, TIMELINE);
  }
  context.translate(0, overTime);
  write(context, text.footnote, FOOTER - 2, { size: 12, weight: 400, colour: THEME.muted });
  return canvas.encode("png");
}

function drawCard(context: SKRSContext2D, height: number): void {
  context.fillStyle = CARD;
  context.beginPath();
  context.roundRect(0, 0, WIDTH, height, 14);
  context.fill();
}

/** The picture's title, a line that says how sure it is, and a stripe in the emotion's colour. */
function drawHeader(context: SKRSContext2D, text: ReadingText, reading: Reading): void {
  context.fillStyle = text.kind === "emotion" ? styleOf(reading.label).colour : THEME.muted;
  context.beginPath();
  context.roundRect(0, 0, 5, 42, 2.5);
  context.fill();
  const detail = text.kind === "emotion" ? text.confidenceWords : text.explanation;
  write(context, text.title, 17, { size: 21, weight: 600, colour: THEME.text, left: 17 });
  write(context, detail, 39, { size: 13.5, weight: 400, colour: THEME.muted, left: 17 });
}

interface Writing {
  readonly size: number;
  readonly weight: 400 | 600;
  readonly colour: string;
  readonly left?: number;
}

function write(context: SKRSContext2D, words: string, baseline: number, style: Writing): void {
  const left = style.left ?? 0;
  context.font = `${style.weight} ${style.size}px "${PICTURE_FONT}"`;
  context.fillStyle = style.colour;
  context.fillText(words, left, baseline, INNER_WIDTH - left);
}

/** Lets Chart.js draw at once on a canvas of its own. */
function drawChart(definition: BarChart | TimelineDefinition, height: number): Canvas {
  const canvas = createCanvas(INNER_WIDTH, height);
  if (!isChartCanvas(canvas)) throw new TypeError("This canvas has no 2d context.");
  const chart = new Chart<"bar" | "line", unknown[], unknown>(canvas, {
    ...definition,
    options: { ...definition.options, devicePixelRatio: SCALE },
  });
  chart.stop();
  return canvas;
}

type TimelineDefinition = ReturnType<typeof timelineChart>;

/** Chart.js asks for a browser's canvas but uses only what ours has as well: its size and 2d context. */
function isChartCanvas(canvas: object): canvas is HTMLCanvasElement {
  return "getContext" in canvas;
}
