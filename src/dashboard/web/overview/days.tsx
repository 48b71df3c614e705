/** The last four weeks, day by day. */

import { shareRows } from "../../../views/mood-shares.ts";
import type { OverviewResource } from "../../api/moods.ts";
import { useVoice } from "../language.ts";
import { Legend } from "../parts/legend.tsx";
import { whyNot } from "../parts/mood-note.tsx";
import { inWords } from "../parts/mood-strip.tsx";
import { TableView } from "../parts/table-view.tsx";
import { Link, pathOf } from "../router.tsx";
import { timesOf } from "../times.ts";

interface DaysProps {
  readonly days: OverviewResource["days"];
  readonly guildId: string;
}

/** One column a day, as high as it is by everybody's shares; days that aren't shown stay empty. */
export function Days({ days, guildId }: DaysProps) {
  const t = useVoice();
  const { day } = timesOf(t);
  const words = (mood: DaysProps["days"][number]["mood"]) =>
    mood.shown ? inWords(shareRows(mood.shares, t)) : whyNot(mood, t);
  const labels = days.flatMap(({ mood }) => (mood.shown ? Object.keys(mood.shares) : []));
  const legend = shareRows(Object.fromEntries(labels.map((label) => [label, 0])), t);
  return (
    <section class="card">
      <header>
        <h2>{t("page.weeks")}</h2>
        <Link class="push" to={pathOf("history", guildId)}>
          {t("page.history-open")}
        </Link>
      </header>
      <div class="days" role="img" aria-label={t("page.weeks")}>
        {days.map(({ at, mood }) => (
          <div key={at} class="day" data-shown={mood.shown} title={`${day(at)}: ${words(mood)}`}>
            {mood.shown &&
              shareRows(mood.shares, t).map((row) => (
                <span key={row.label} style={{ flexGrow: row.share, background: row.colour ?? "var(--uncertain)" }} />
              ))}
          </div>
        ))}
      </div>
      <p class="ends" aria-hidden="true">
        <span>{days[0] && day(days[0].at)}</span>
        <span>{t("page.today")}</span>
      </p>
      <Legend items={legend.map(({ name, colour }) => ({ name, colour: colour ?? "var(--uncertain)" }))} />
      <TableView
        columns={[t("page.day"), t("page.mood")]}
        rows={days.map(({ at, mood }) => ({ key: at, cells: [day(at), words(mood)] })).toReversed()}
      />
    </section>
  );
}
