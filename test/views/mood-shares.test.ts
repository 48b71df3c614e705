import { describe, expect, test } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import { DARK } from "../../src/views/charts.ts";
import { inOrder, shareRows } from "../../src/views/mood-shares.ts";
import { moodStepsChart } from "../../src/views/mood-steps-chart.ts";

const t = translator("de");

test("labels are always stacked in the same order, foreign ones before what says nothing", () => {
  expect(inOrder(["uncertain", "boredom", "neutral", "happiness", "anger", "anger"])).toEqual([
    "anger",
    "happiness",
    "boredom",
    "neutral",
    "uncertain",
  ]);
});

test("shares are named, written and coloured; the uncertain have no colour of their own", () => {
  expect(shareRows({ uncertain: 0.25, anger: 0.75 }, t)).toEqual([
    { label: "anger", name: "Ärger", share: 0.75, percent: "75\u00a0%", colour: "#d7465c" },
    { label: "uncertain", name: "unsicher", share: 0.25, percent: "25\u00a0%", colour: undefined },
  ]);
});

describe("mood over steps", () => {
  const theme = { ...DARK, fontFamily: "Inter", fontSize: 12 };
  const chart = moodStepsChart(
    [
      { name: "Mo", shares: { anger: 0.4, neutral: 0.6 }, note: "" },
      { name: "Di", shares: undefined, note: "Niemand hat gesprochen." },
    ],
    t,
    theme,
  );

  test("is a stack for each step, and a gap where nothing is shown", () => {
    expect(chart.data.datasets.map(({ label, data }) => [label, data])).toEqual([
      ["Ärger", [0.4, 0]],
      ["neutral", [0.6, 0]],
    ]);
    expect(chart.data.labels).toEqual(["Mo", "Di"]);
  });
});
