/** A mood in words. */

import { labelName, type Translate } from "../i18n/index.ts";
import type { Mood } from "../mood/index.ts";
import { formatsOf } from "./formats.ts";
import { styleOf, UNCERTAIN_EMOJI } from "./palette.ts";

/** What is said about a mood. */
export interface MoodText {
  /** E.g. `😊 happiness · 62%`, `🤔 mixed, mostly …`; that nothing was heard where that is so. */
  readonly headline: string;
  /** The strongest emotions in one line, e.g. `😊 happiness 62% · 😐 neutral 20%`; empty where nothing was heard. */
  readonly shares: string;
  /** `#rrggbb`; undefined where nothing stands out. */
  readonly colour: string | undefined;
}

/** Emotions that are listed at most, */
const LISTED = 3;
/** and the least share that is worth it. */
const WORTH = 0.05;

/** Says a mood in the language of `t`. */
export function moodText({ label, confidence, shares }: Mood, t: Translate): MoodText {
  const { percent } = formatsOf(t);
  const strongest = Object.entries(shares).toSorted(([, a], [, b]) => b - a);
  const [first] = strongest;
  if (first === undefined) return { headline: t("live.mood-none"), shares: "", colour: undefined };
  const name = (each: string) => labelName(each, t);
  const title = t("reading.title", { label: name(first[0]), percent: percent(confidence) });
  return {
    headline:
      label === null ? `${UNCERTAIN_EMOJI} ${t("live.mood-mixed", { title })}` : `${styleOf(label).emoji} ${title}`,
    shares: strongest
      .filter(([, share], index) => index < LISTED && share >= WORTH)
      .map(([each, share]) => `${styleOf(each).emoji} ${name(each)} ${percent(share)}`)
      .join(" · "),
    colour: label === null ? undefined : styleOf(label).colour,
  };
}
