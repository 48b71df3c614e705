/** The acoustic profile in plain words. */

import type { TextKey, Translate } from "../i18n/index.ts";
import type { AcousticProfile } from "../ser/index.ts";
import { formatsOf } from "./formats.ts";

/** One measured property of a voice, e.g. `Pitch`, `212 Hz (180 to 260), medium`. */
export interface ProfileRow {
  readonly name: string;
  readonly value: string;
}

/** From this value on the word holds; the first step has no lower bound. */
type Steps = readonly (readonly [from: number, word: TextKey])[];

/** Hz. Adult voices lie around 85 to 155 (most men) and 165 to 255 (most women), higher when excited; Baken 1987. */
const PITCH_STEPS: Steps = [
  [0, "profile.low"],
  [155, "profile.medium"],
  [240, "profile.high"],
];
/** dBFS, RMS. Broadcast speech sits near -23, a distant microphone under -38. */
const LOUDNESS_STEPS: Steps = [
  [Number.NEGATIVE_INFINITY, "profile.quiet"],
  [-34, "profile.moderate"],
  [-19, "profile.loud"],
];
/** Hz, spectral centroid of 16 kHz speech. */
const BRIGHTNESS_STEPS: Steps = [
  [0, "profile.dark"],
  [900, "profile.balanced"],
  [1800, "profile.bright"],
];

/** Pitch, loudness, energy, brightness and voiced share, each with its unit and a word for it. */
export function describeProfile(profile: AcousticProfile, t: Translate): ProfileRow[] {
  const { number, percent } = formatsOf(t);
  const word = (value: number, steps: Steps) => t(steps.findLast(([from]) => value >= from)?.[1] ?? "profile.medium");
  const pitch = profile.pitchHz;
  return [
    {
      name: t("profile.pitch"),
      value: pitch
        ? t("profile.pitch-value", {
            median: number(pitch.median),
            low: number(pitch.low),
            high: number(pitch.high),
            word: word(pitch.median, PITCH_STEPS),
          })
        : t("profile.pitch-none"),
    },
    {
      name: t("profile.loudness"),
      value: t("profile.loudness-value", {
        level: number(profile.loudnessDbfs),
        word: word(profile.loudnessDbfs, LOUDNESS_STEPS),
      }),
    },
    { name: t("profile.energy"), value: t("profile.energy-value", { energy: number(profile.energy, 2) }) },
    {
      name: t("profile.brightness"),
      value:
        profile.brightnessHz === null
          ? t("profile.brightness-none")
          : t("profile.brightness-value", {
              hertz: number(profile.brightnessHz),
              word: word(profile.brightnessHz, BRIGHTNESS_STEPS),
            }),
    },
    {
      name: t("profile.voiced"),
      value: t("profile.voiced-value", { share: percent(profile.voicedShare) }),
    },
  ];
}
