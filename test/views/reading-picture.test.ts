import { createCanvas, GlobalFonts, loadImage } from "@napi-rs/canvas";
import { Chart } from "chart.js";
import { describe, expect, test } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import type { Reading } from "../../src/ser/index.ts";
import { drawReading, styleOf } from "../../src/views/index.ts";
import { HAPPY, PLACED, SILENT, UNSURE } from "./sample-readings.ts";

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The picture's pixels as `#rrggbb`, counted within an area. */
async function pixelsOf(reading: Reading, locale = "en") {
  const image = await loadImage(await drawReading(reading, translator(locale)));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const count = (colour: string, area: Area = { x: 0, y: 0, width: image.width, height: image.height }) => {
    const { data } = context.getImageData(area.x, area.y, area.width, area.height);
    const wanted = Number.parseInt(colour.slice(1), 16);
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      const pixel = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
      if (pixel === wanted) found++;
    }
    return found;
  };
  return { width: image.width, height: image.height, count };
}

/** Where the title is written, right of the stripe. */
const TITLE: Area = { x: 70, y: 40, width: 700, height: 50 };
const TEXT = "#f2f3f5";

describe("a reading as a picture", () => {
  test("writes with the font that comes along", async () => {
    const picture = await pixelsOf(HAPPY);
    expect(GlobalFonts.has("Timbre Inter")).toBe(true);
    expect(picture.count(TEXT, TITLE)).toBeGreaterThan(500);
    const german = await pixelsOf(HAPPY, "de");
    expect(german.count(TEXT, TITLE)).not.toBe(picture.count(TEXT, TITLE));
  });

  test("draws the bars and the timeline in the emotions' colours", async () => {
    const picture = await pixelsOf(HAPPY);
    const bars: Area = { x: 0, y: 150, width: picture.width, height: 350 };
    const timeline: Area = { x: 0, y: 690, width: picture.width, height: 200 };
    const waveform: Area = { x: 0, y: 556, width: picture.width, height: 118 };
    const { colour } = styleOf("happiness");
    expect(picture.count(colour, bars)).toBeGreaterThan(10_000);
    expect(picture.count(colour, timeline)).toBeGreaterThan(20_000);
    expect(picture.count(colour, waveform)).toBeGreaterThan(500);
    for (const label of Object.keys(HAPPY.scores))
      expect(picture.count(styleOf(label).colour, bars)).toBeGreaterThan(300);
  });

  test("draws scales, alone or under the emotions", async () => {
    const alone = await pixelsOf(PLACED);
    for (const scale of Object.keys(PLACED.dimensions ?? {})) {
      expect(alone.count(styleOf(scale).colour)).toBeGreaterThan(1000);
    }
    const both = await pixelsOf({ ...HAPPY, dimensions: { valence: 0.8 } });
    expect(both.height).toBeGreaterThan((await pixelsOf(HAPPY)).height);
    expect(both.count(styleOf("valence").colour)).toBeGreaterThan(10_000);
    expect(both.count(styleOf("happiness").colour)).toBeGreaterThan(20_000);
  });

  test("leaves windows without speech empty in the timeline", async () => {
    const timeline: Area = { x: 0, y: 690, width: 1200, height: 200 };
    const card = "#1e1f22";
    const withGaps = await pixelsOf(HAPPY);
    const spoken = HAPPY.timeline.map((window) => ({ ...window, speech: true, scores: HAPPY.scores }));
    const without = await pixelsOf({ ...HAPPY, timeline: spoken });
    expect(withGaps.count(card, timeline)).toBeGreaterThan(without.count(card, timeline) + 50_000);
  });

  test("has no timeline for one window, and neither bars nor timeline without speech", async () => {
    const long = await pixelsOf(HAPPY);
    const short = await pixelsOf({ ...UNSURE, timeline: UNSURE.timeline.slice(0, 1) });
    const silent = await pixelsOf(SILENT);
    expect(short.height).toBeLessThan(long.height);
    expect(silent.height).toBeLessThan(short.height);
    expect(silent.count(TEXT, TITLE)).toBeGreaterThan(300);
  });

  test("leaves no chart behind: a worker draws thousands", async () => {
    await drawReading({ ...HAPPY, dimensions: { valence: 0.8 } }, translator("en"));
    expect(Object.keys(Chart.instances)).toEqual([]);
  });
});
