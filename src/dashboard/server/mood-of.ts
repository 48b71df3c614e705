/** What a sum of readings is to moderators: shares, or that it isn't shown. */

import { FEWEST_PEOPLE } from "../../mood/few-people.ts";
import type { MoodSum } from "../../store/index.ts";
import type { Mood } from "../api/moods.ts";

/** A sum as it is sent. */
export function moodOf(sum: MoodSum | undefined): Mood {
  if (!sum || sum.readings === 0) return { shown: false, reason: "none" };
  if (sum.people < FEWEST_PEOPLE) return { shown: false, reason: "few-people" };
  const { readings, people, confidence } = sum;
  const shares = Object.fromEntries(Object.entries(sum.byLabel).map(([label, count]) => [label, count / readings]));
  return { shown: true, readings, people, shares, confidence };
}
