/** Shares of many readings, ready to draw: in the same order and colours everywhere. */

import { labelName } from "../i18n/names.ts";
import type { Translate } from "../i18n/translate.ts";
import { formatsOf } from "./formats.ts";
import { styleOf } from "./palette.ts";

/** Stands for readings in which no emotion stands out. */
export const UNCERTAIN = "uncertain";

/** From what a moderator would look at first to what needs no look; others come before what says nothing. */
const ORDER = ["anger", "disgust", "fear", "sadness", "surprise", "happiness"];
const LAST = ["neutral", UNCERTAIN];

/** Labels that every model of ours knows; another one may have others. */
export const KNOWN_LABELS: readonly string[] = [...ORDER, "neutral"];

/** One label's share. */
export interface ShareRow {
  readonly label: string;
  /** In the reader's language. */
  readonly name: string;
  /** 0 to 1 */
  readonly share: number;
  readonly percent: string;
  /** `#rrggbb`; undefined for the uncertain, who have the colour of what is empty. */
  readonly colour: string | undefined;
}

/** Labels in the order in which they are stacked. */
export function inOrder(labels: Iterable<string>): string[] {
  const rank = (label: string) => {
    if (LAST.includes(label)) return ORDER.length + 1 + LAST.indexOf(label);
    return ORDER.includes(label) ? ORDER.indexOf(label) : ORDER.length;
  };
  return [...new Set(labels)].toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** Shares by label -> rows in order. */
export function shareRows(shares: Readonly<Record<string, number>>, t: Translate): ShareRow[] {
  const { percent } = formatsOf(t);
  return inOrder(Object.keys(shares)).map((label) => ({
    label,
    name: labelName(label, t),
    share: shares[label] ?? 0,
    percent: percent(shares[label] ?? 0),
    colour: colourOf(label),
  }));
}

/** A label's colour; undefined for the uncertain. */
export function colourOf(label: string): string | undefined {
  return label === UNCERTAIN ? undefined : styleOf(label).colour;
}
