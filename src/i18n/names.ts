/** Names of labels and dimensions, also of those that only a foreign model knows. */

import type { TextKey } from "./texts.ts";
import type { Translate } from "./translate.ts";

/** What every language has a word for. */
const NAMED = [
  "label.anger",
  "label.disgust",
  "label.fear",
  "label.happiness",
  "label.surprise",
  "label.sadness",
  "label.neutral",
  "label.no-speech",
  "label.unnamed",
  "label.uncertain",
  "dimension.arousal",
  "dimension.dominance",
  "dimension.valence",
] as const satisfies readonly TextKey[];

/** An emotion's name in a language; a label that we have no word for is shown as the model spells it. */
export function labelName(label: string, t: Translate): string {
  return nameOf("label", label, t);
}

/** A scale's name in a language, such as arousal; one that we have no word for is shown as the model spells it. */
export function dimensionName(dimension: string, t: Translate): string {
  return nameOf("dimension", dimension, t);
}

function nameOf(kind: "label" | "dimension", name: string, t: Translate): string {
  const key = NAMED.find((known) => known === `${kind}.${name}`);
  return key ? t(key) : name;
}
