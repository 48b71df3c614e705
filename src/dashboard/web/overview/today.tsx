/** Today's mood beside that of the last four weeks. */

import { formatsOf } from "../../../views/formats.ts";
import { shareRows } from "../../../views/mood-shares.ts";
import type { Mood } from "../../api/moods.ts";
import { useVoice } from "../language.ts";
import { whyNot } from "../parts/mood-note.tsx";
import { MoodStrip } from "../parts/mood-strip.tsx";

/** A difference under this share says nothing. */
const NOTABLE = 0.05;

interface TodayProps {
  readonly today: Mood;
  readonly usual: Mood;
}

/** Two strips, and in numbers where they differ. */
export function Today({ today, usual }: TodayProps) {
  const t = useVoice();
  const { number } = formatsOf(t);
  return (
    <section class="card">
      <header>
        <h2>{t("page.today-title")}</h2>
        {today.shown && (
          <span class="note push">
            {t("page.basis", { readings: number(today.readings), people: number(today.people) })}
          </span>
        )}
      </header>
      <div class="compare">
        <h3>{t("page.today")}</h3>
        {today.shown ? <MoodStrip label={t("page.today")} shares={today.shares} /> : <p>{whyNot(today, t)}</p>}
        <h3>{t("page.usual")}</h3>
        {usual.shown ? <MoodStrip label={t("page.usual")} shares={usual.shares} /> : <p>{whyNot(usual, t)}</p>}
      </div>
      {today.shown && <Shares shares={today.shares} usual={usual.shown ? usual.shares : undefined} />}
    </section>
  );
}

interface SharesProps {
  readonly shares: Readonly<Record<string, number>>;
  readonly usual: Readonly<Record<string, number>> | undefined;
}

function Shares({ shares, usual }: SharesProps) {
  const t = useVoice();
  const { percent } = formatsOf(t);
  return (
    <dl class="figures shares">
      {shareRows(shares, t).map((row) => {
        const before = usual?.[row.label] ?? 0;
        const notable = usual !== undefined && Math.abs(row.share - before) >= NOTABLE;
        return (
          <div key={row.label} data-label={row.label}>
            <dt>
              <span class="dot" style={{ background: row.colour ?? "var(--uncertain)" }} /> {row.name}
            </dt>
            <dd>
              {row.percent}
              {usual && (
                <small data-notable={notable}>
                  {notable && <span aria-hidden="true">{row.share > before ? "▲ " : "▼ "}</span>}
                  {t("page.usually", { percent: percent(before) })}
                </small>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
