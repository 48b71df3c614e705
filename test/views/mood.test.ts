/** A mood in words and as a picture. */

import { loadImage } from "@napi-rs/canvas";
import { expect, test } from "vitest";
import { LANGUAGES, translator } from "../../src/i18n/index.ts";
import { emptyTimeline, moodOf, NOTHING, plus, withTimed } from "../../src/mood/index.ts";
import { drawMood, moodText } from "../../src/views/index.ts";

const heard = (scores: Readonly<Record<string, number>>) => moodOf(plus(NOTHING, { scores, durationMs: 2000 }));

test.each([
  [
    heard({ happiness: 0.62, neutral: 0.34, fear: 0.04 }),
    "😊 happiness · 62%",
    "😊 happiness 62% · 😐 neutral 34%",
    "#c88503",
  ],
  [
    heard({ happiness: 0.39, neutral: 0.31, fear: 0.3 }),
    "🤔 mixed, mostly happiness · 39%",
    "😊 happiness 39% · 😐 neutral 31% · 😨 fear 30%",
    undefined,
  ],
  [moodOf(NOTHING), "Nothing heard lately", "", undefined],
])("a mood has a headline, its strongest emotions and a colour", (mood, headline, shares, colour) => {
  expect(moodText(mood, translator("en"))).toEqual({ headline, shares, colour });
});

test("is said in every language", () => {
  const mood = heard({ happiness: 0.39, neutral: 0.31, fear: 0.3 });
  const said = Object.keys(LANGUAGES).map((language) => moodText(mood, translator(language)).headline);
  expect(new Set(said).size).toBe(said.length);
});

test("a session is drawn with as much of a legend as it has emotions, also one that was short", async () => {
  const of = (labels: readonly string[]) => {
    const scores = Object.fromEntries(labels.map((label) => [label, 1 / labels.length]));
    return withTimed(emptyTimeline(0), { atMs: 1000, durationMs: 2000, scores });
  };
  const t = translator("en");
  const [few, many] = await Promise.all([
    loadImage(Buffer.from(await drawMood(of(["anger", "neutral"]), t))),
    loadImage(Buffer.from(await drawMood(of(["anger", "neutral", "fear", "sadness"]), t))),
  ]);
  expect([few.width, many.width]).toEqual([1200, 1200]);
  expect(many.height).toBeGreaterThan(few.height);
});
