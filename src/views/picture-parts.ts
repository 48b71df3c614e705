/** What pictures are put together from: the card, text, and Chart.js on a canvas of Node's. */

import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { ChartConfiguration } from "chart.js";
import { type BarChart, Chart, type ChartTheme, DARK } from "./charts.ts";
import { PICTURE_FONT, registerFonts } from "./fonts.ts";

/** Discord's dark embed grey: light text on it reads well in both of Discord's themes. */
const CARD = "#1e1f22";

/** How pictures look. */
export const THEME: ChartTheme = { ...DARK, fontFamily: PICTURE_FONT, fontSize: 14 };

/** Picture pixels per layout pixel; Discord shows pictures at up to 550 px, sharp screens double that. */
export const SCALE = 2;

/** Width of every picture, and what is left of it inside its edges; layout pixels. */
export const WIDTH = 600;
export const PADDING = 22;
export const INNER_WIDTH = WIDTH - 2 * PADDING;

/** An empty card of `width` x `height` layout pixels, ready to be drawn on. */
export function createCard(width: number, height: number): { canvas: Canvas; context: SKRSContext2D } {
  registerFonts();
  const canvas = createCanvas(width * SCALE, height * SCALE);
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  context.fillStyle = CARD;
  context.beginPath();
  context.roundRect(0, 0, width, height, 14);
  context.fill();
  return { canvas, context };
}

/** A finished picture as a PNG. The canvas is empty after that. */
export async function encodeCard(canvas: Canvas): Promise<Uint8Array> {
  const png = await canvas.encode("png");
  release(canvas);
  return png;
}

/** Gives a canvas' pixels back at once: the garbage collector doesn't know that they are megabytes, and lets them wait. */
function release(canvas: Canvas): void {
  canvas.width = 1;
  canvas.height = 1;
}

/** How a line of text is written. */
export interface Writing {
  readonly size: number;
  readonly weight: 400 | 600;
  readonly colour: string;
  readonly left?: number;
  /** Longer lines are squeezed. */
  readonly maxWidth: number;
}

/** Writes one line. */
export function write(context: SKRSContext2D, words: string, baseline: number, style: Writing): void {
  const left = style.left ?? 0;
  context.font = `${style.weight} ${style.size}px "${PICTURE_FONT}"`;
  context.fillStyle = style.colour;
  context.fillText(words, left, baseline, style.maxWidth - left);
}

/** What can be drawn: the kinds of charts that pictures have. */
type Definition<Point> = BarChart | ChartConfiguration<"line", Point[]>;

/** Where a chart comes to be; layout pixels. */
interface Place {
  readonly top: number;
  readonly height: number;
}

/** Draws a chart at once, across the picture's inner width. Nothing of it is kept but its pixels. */
export function drawChart<Point>(context: SKRSContext2D, definition: Definition<Point>, { top, height }: Place): void {
  const canvas = createCanvas(INNER_WIDTH, height);
  if (!isChartCanvas(canvas)) throw new TypeError("This canvas has no 2d context.");
  const chart = new Chart<"bar" | "line", unknown[], unknown>(canvas, {
    ...definition,
    options: { ...definition.options, devicePixelRatio: SCALE },
  });
  context.drawImage(canvas, 0, top, INNER_WIDTH, height);
  // Chart.js holds on to every chart until it is told.
  chart.destroy();
  release(canvas);
}

/** Chart.js asks for a browser's canvas but uses only what ours has as well: its size and 2d context. */
function isChartCanvas(canvas: object): canvas is HTMLCanvasElement {
  return "getContext" in canvas;
}
