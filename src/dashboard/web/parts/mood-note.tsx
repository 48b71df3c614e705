/** Why a mood isn't shown. */

import type { Translate } from "../../../i18n/translate.ts";
import type { Mood } from "../../api/moods.ts";

/** A sentence for a mood that isn't shown; empty for one that is. */
export function whyNot(mood: Mood, t: Translate): string {
  return mood.shown ? "" : t(`page.mood-${mood.reason}`);
}
