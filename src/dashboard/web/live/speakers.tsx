/** Who takes part in a live channel, and how they sound at the moment. Nothing of it is kept. */

import { moodAt } from "../../../mood/index.ts";
import { moodText } from "../../../views/mood-text.ts";
import type { LiveResource } from "../../api/live.ts";
import { useVoice } from "../language.ts";
import { MoodStrip } from "../parts/mood-strip.tsx";
import { moodOf, type Reading } from "./stream.ts";

interface SpeakersProps {
  readonly speakers: LiveResource["sessions"][number]["speakers"];
  readonly readings: readonly Reading[];
  /** ms since 1970 */
  readonly now: number;
}

/** Only people who agreed. */
export function Speakers({ speakers, readings, now }: SpeakersProps) {
  const t = useVoice();
  return (
    <section>
      <h3>{t("page.speakers")}</h3>
      {speakers.length === 0 && <p class="note">{t("page.speakers-none")}</p>}
      <ul class="stack speakers">
        {speakers.map(({ id, name }) => {
          const mood = moodAt(moodOf(readings.filter(({ subjectId }) => subjectId === id)), now);
          const who = name ?? t("page.somebody");
          return (
            <li key={id}>
              <p>
                <strong>{who}</strong> <span class="note">{moodText(mood, t).headline}</span>
              </p>
              {Object.keys(mood.shares).length > 0 && <MoodStrip label={who} shares={mood.shares} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
