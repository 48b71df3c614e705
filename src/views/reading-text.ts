/** A reading in words. */

import { labelName, type TextKey, type Translate } from "../i18n/index.ts";
import type { Reading } from "../ser/index.ts";
import { formatsOf } from "./formats.ts";
import { NO_SPEECH_EMOJI, styleOf, UNCERTAIN_EMOJI } from "./palette.ts";
import { describeProfile, type ProfileRow } from "./profile-text.ts";

/** One emotion's score, ready to draw. */
export interface ScoreRow {
  readonly label: string;
  /** The label in the reader's language. */
  readonly name: string;
  /** Probability, 0 to 1. */
  readonly share: number;
  /** The same, written: `72%`. */
  readonly percent: string;
  /** `#rrggbb`. */
  readonly colour: string;
}

/** Everything that is said about a reading. */
export interface ReadingText {
  readonly kind: "emotion" | "uncertain" | "no-speech";
  readonly emoji: string;
  /** E.g. `happiness · 72%`, or plainly that it is uncertain or that nobody speaks. */
  readonly title: string;
  /** Emoji and title. */
  readonly headline: string;
  /** E.g. `fairly sure`. Empty without speech. */
  readonly confidenceWords: string;
  /** One sentence that says what the headline means. */
  readonly explanation: string;
  /** Highest first; empty without speech. */
  readonly scores: readonly ScoreRow[];
  readonly profile: readonly ProfileRow[];
  /** The profile, one line each: `Pitch: 212 Hz …`. */
  readonly profileLines: readonly string[];
  /** Model, length of the clip, and that all this can be wrong. */
  readonly footnote: string;
  /** What the picture shows, for those who can't see it; fits Discord's 1,024 characters. */
  readonly altText: string;
}

/** From this calibrated confidence on the words hold. */
const CONFIDENCE_STEPS: readonly (readonly [from: number, key: TextKey])[] = [
  [0, "reading.confidence-guess"],
  [0.4, "reading.confidence-slight"],
  [0.6, "reading.confidence-fair"],
  [0.8, "reading.confidence-high"],
];

/** Discord's limit for an attachment's description. */
const ALT_TEXT_LIMIT = 1024;

/** Says a reading in the language of `t`. */
export function describeReading(reading: Reading, t: Translate): ReadingText {
  const said = reading.speech ? describeSpeech(reading, t) : describeSilence(t);
  const profile = describeProfile(reading.profile, t);
  const headline = `${said.emoji} ${said.title}`;
  const listed = said.scores.map(({ name, percent }) => `${name} ${percent}`).join(", ");
  const altText = said.scores.length > 0 ? t("reading.alt", { title: said.title, scores: listed }) : said.explanation;
  return {
    ...said,
    headline,
    profile,
    profileLines: profile.map(({ name, value }) => `${name}: ${value}`),
    footnote: t("reading.footnote", {
      model: `${reading.model.name} ${reading.model.version}`,
      length: formatsOf(t).duration(reading.durationMs),
    }),
    altText: altText.slice(0, ALT_TEXT_LIMIT),
  };
}

type Said = Pick<ReadingText, "kind" | "emoji" | "title" | "confidenceWords" | "explanation" | "scores">;

function describeSpeech(reading: Reading, t: Translate): Said {
  const { percent } = formatsOf(t);
  const label = labelName(reading.label, t);
  const share = percent(reading.confidence);
  const scores = Object.entries(reading.scores)
    .map(([name, score]) => ({
      label: name,
      name: labelName(name, t),
      share: score,
      percent: percent(score),
      colour: styleOf(name).colour,
    }))
    .sort((a, b) => b.share - a.share);
  if (reading.uncertain) {
    return {
      kind: "uncertain",
      emoji: UNCERTAIN_EMOJI,
      title: t("reading.uncertain", { label, percent: share }),
      confidenceWords: t("reading.confidence-none"),
      explanation: t("reading.uncertain-explained"),
      scores,
    };
  }
  const confidenceWords = t(
    CONFIDENCE_STEPS.findLast(([from]) => reading.confidence >= from)?.[1] ?? "reading.confidence-guess",
  );
  return {
    kind: "emotion",
    emoji: styleOf(reading.label).emoji,
    title: t("reading.title", { label, percent: share }),
    confidenceWords,
    explanation: t("reading.explained", { label, words: confidenceWords }),
    scores,
  };
}

function describeSilence(t: Translate): Said {
  return {
    kind: "no-speech",
    emoji: NO_SPEECH_EMOJI,
    title: t("label.no-speech"),
    confidenceWords: "",
    explanation: t("reading.no-speech-explained"),
    scores: [],
  };
}
