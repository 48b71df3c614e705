/** One colour and one emoji per label, the same in the page and in pictures. */

/** How a label looks. */
export interface LabelStyle {
  /** `#rrggbb`. */
  readonly colour: string;
  readonly emoji: string;
}

/**
 * Found by a search that keeps every pair apart for normal, protan, deutan and tritan sight
 * (OKLab after Machado 2009) and every colour at 3:1 or more on white and on Discord's dark
 * background (WCAG 1.4.11); `test/views/palette.test.ts` holds them to it.
 */
const STYLES: Readonly<Record<string, LabelStyle>> = {
  anger: { colour: "#d7465c", emoji: "😠" },
  disgust: { colour: "#4e7711", emoji: "🤢" },
  fear: { colour: "#844dd2", emoji: "😨" },
  happiness: { colour: "#c88503", emoji: "😊" },
  surprise: { colour: "#0b80a4", emoji: "😮" },
  sadness: { colour: "#5286fe", emoji: "😢" },
  neutral: { colour: "#93949f", emoji: "😐" },
};

/** Colours for labels of foreign models: legible too, but there may be more labels than colours. */
const FALLBACK_COLOURS = ["#b3569a", "#2f8f6b", "#a8643c", "#5f7fb5", "#8a8332", "#c25a3a", "#7a6fc0"] as const;
const FALLBACK_EMOJI = "🎭";

/** Stands before a reading that is not sure of anything. */
export const UNCERTAIN_EMOJI = "🤔";
/** Stands before a reading of a clip in which nobody speaks. */
export const NO_SPEECH_EMOJI = "🔇";

/** The look of a label; one that we don't know always gets the same fallback colour. */
export function styleOf(label: string): LabelStyle {
  const known = Object.hasOwn(STYLES, label) ? STYLES[label] : undefined;
  return known ?? { colour: fallbackColour(label), emoji: FALLBACK_EMOJI };
}

function fallbackColour(label: string): string {
  let hash = 0;
  for (const letter of label) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return FALLBACK_COLOURS[hash % FALLBACK_COLOURS.length] ?? FALLBACK_COLOURS[0];
}
