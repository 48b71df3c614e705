import { expect, test } from "vitest";
import type { Reading } from "../../src/ser/index.ts";
import { DARK } from "../../src/views/charts.ts";
import { styleOf } from "../../src/views/index.ts";
import { waveformChart } from "../../src/views/waveform.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

const THEME = { ...DARK, fontFamily: "x", fontSize: 12 };

function chartOf(levels: readonly number[], timeline: Reading["timeline"] = SAMPLE_READING.timeline) {
  const contour = { hopMs: 1000, pitchHz: levels.map(() => null), loudnessDbfs: levels };
  const { data } = waveformChart(
    { ...SAMPLE_READING, timeline, profile: { ...SAMPLE_READING.profile, contour } },
    THEME,
  );
  const [bars] = data.datasets;
  return { bars: bars?.data ?? [], colours: bars?.backgroundColor };
}

test("bars are as high as the amplitude, the loudest fills the height, and silence is a line", () => {
  const { bars } = chartOf([-20, -40, -100]);
  expect(bars[0]).toEqual([-1, 1]);
  expect(bars[1]).toEqual([expect.closeTo(-0.1), expect.closeTo(0.1)]);
  expect(bars[2]).toEqual([-0.02, 0.02]);
});

test("a long clip has no more bars than can be told apart, and loses no peak", () => {
  const levels = Array.from({ length: 1000 }, () => -40);
  levels[501] = -20;
  const { bars } = chartOf(levels);
  expect(bars.length).toBeLessThanOrEqual(120);
  expect(bars.filter((bar) => Array.isArray(bar) && bar[1] === 1)).toHaveLength(1);
});

test("each bar has the colour of what is heard then, and none where nobody speaks", () => {
  const window = (startMs: number, label: string) => ({
    ...{ startMs, endMs: startMs + 1000, speech: label !== "" },
    scores: { anger: 0, sadness: 0, ...(label === "" ? {} : { [label]: 1 }) },
  });
  const { colours } = chartOf([-20, -20, -20, -20], [window(0, "anger"), window(1000, ""), window(2000, "sadness")]);
  expect(colours).toEqual([styleOf("anger").colour, THEME.muted, styleOf("sadness").colour, THEME.muted]);
});
