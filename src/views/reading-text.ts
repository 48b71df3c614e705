/** A reading in words. */

import { dimensionName, labelName } from "../i18n/names.ts";
import type { TextKey } from "../i18n/texts.ts";
import type { Translate } from "../i18n/translate.ts";
import type { Reading } from "../ser/index.ts";
import { formatsOf } from "./formats.ts";
import { DIMENSIONS_EMOJI, NO_SPEECH_EMOJI, styleOf, UNCERTAIN_EMOJI } from "./palette.ts";
import { describeProfile, type ProfileRow } from "./profile-text.ts";

/** One emotion's score, or a voice's place on one scale, ready to draw. */
export interface ScoreRow {
  readonly label: string;
  /** The label in the reader's language. */
  readonly name: string;
  /** Probability, or place on the scale; 0 to 1. */
  readonly share: number;
  /** The same, written: `72%`. */
  readonly percent: string;
  /** `#rrggbb`. */
  readonly colour: string;
}

/** Everything that is said about a reading. */
export interface ReadingText {
  readonly kind: "emotion" | "uncertain" | "dimensions" | "no-speech";
  readonly emoji: string;
  /** E.g. `happiness · 72%`, places on scales, or plainly that it is uncertain or that nobody speaks. */
  readonly title: string;
  /** Emoji and title. */
  readonly headline: string;
  /** E.g. `fairly sure`, or that the model names no emotion. Empty without speech. */
  readonly confidenceWords: string;
  /** One sentence that says what the headline means. */
  readonly explanation: string;
  /** Highest first; empty without speech, and for a model that names no emotions. */
  readonly scores: readonly ScoreRow[];
  /** Places on scales such as arousal, in the model's order; empty without speech, and for most models. */
  readonly dimensions: readonly ScoreRow[];
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
  const listed = [...said.scores, ...said.dimensions].map(({ name, percent }) => `${name} ${percent}`).join(", ");
  const altText = listed !== "" ? t("reading.alt", { title: said.title, scores: listed }) : said.explanation;
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

type Said = Pick<ReadingText, "kind" | "emoji" | "title" | "confidenceWords" | "explanation" | "scores" | "dimensions">;

function describeSpeech(reading: Reading, t: Translate): Said {
  const { percent } = formatsOf(t);
  const label = labelName(reading.label, t);
  const share = percent(reading.confidence);
  const rows = (values: Readonly<Record<string, number>>, nameOf: typeof labelName): ScoreRow[] =>
    Object.entries(values).map(([name, value]) => ({
      label: name,
      name: nameOf(name, t),
      share: value,
      percent: percent(value),
      colour: styleOf(name).colour,
    }));
  const dimensions = rows(reading.dimensions ?? {}, dimensionName);
  const scores = rows(reading.scores, labelName).sort((a, b) => b.share - a.share);
  if (scores.length === 0) {
    return {
      kind: "dimensions",
      emoji: DIMENSIONS_EMOJI,
      title: dimensions.map((row) => `${row.name} ${row.percent}`).join(" · "),
      confidenceWords: labelName(reading.label, t),
      explanation: t("reading.dimensions-explained"),
      ...{ scores, dimensions },
    };
  }
  if (reading.uncertain) {
    return {
      kind: "uncertain",
      emoji: UNCERTAIN_EMOJI,
      title: t("reading.uncertain", { label, percent: share }),
      confidenceWords: t("reading.confidence-none"),
      explanation: t("reading.uncertain-explained"),
      ...{ scores, dimensions },
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
    ...{ scores, dimensions },
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
    dimensions: [],
  };
}
