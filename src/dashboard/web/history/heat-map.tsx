/** When in the week an emotion is heard most: a table whose cells have its colour. */

import { useState } from "preact/hooks";
import { formatsOf } from "../../../views/formats.ts";
import { colourOf, shareRows } from "../../../views/mood-shares.ts";
import type { HistoryResource } from "../../api/moods.ts";
import { useVoice } from "../language.ts";
import { whyNot } from "../parts/mood-note.tsx";
import { Scroll } from "../parts/scroll.tsx";
import { Select } from "../parts/select.tsx";
import { timesOf } from "../times.ts";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

type Cell = HistoryResource["heat"][number];

/** A table to look at and to read: each cell says its share, too. */
export function HeatMap({ heat }: { readonly heat: HistoryResource["heat"] }) {
  const t = useVoice();
  const { weekday } = timesOf(t);
  const labels = shareRows(
    Object.fromEntries(heat.flatMap(({ mood }) => (mood.shown ? Object.keys(mood.shares) : [])).map((l) => [l, 0])),
    t,
  );
  const [chosen, setChosen] = useState<string>();
  const label = chosen ?? labels[0]?.label;
  const most = Math.max(0.01, ...heat.map(({ mood }) => shareOf(mood, label)));
  const cells = new Map(heat.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  if (label === undefined) {
    return (
      <section class="card">
        <h2>{t("page.heat")}</h2>
        <p class="note">{t("page.mood-few-people")}</p>
      </section>
    );
  }
  return (
    <section class="card">
      <header>
        <h2>{t("page.heat")}</h2>
        <div class="push">
          <Select
            label={t("page.emotion")}
            value={label}
            options={labels.map(({ label: value, name }) => ({ value, name }))}
            onChange={setChosen}
          />
        </div>
      </header>
      <Scroll label={t("page.heat")}>
        <table class="heat" style={{ "--emotion": colourOf(label) ?? "var(--edge)" }}>
          <thead>
            <tr>
              <td />
              {HOURS.map((hour) => (
                <th key={hour} scope="col">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WEEKDAYS.map((day) => (
              <tr key={day}>
                <th scope="row">{weekday(day)}</th>
                {HOURS.map((hour) => (
                  <HeatCell key={hour} cell={cells.get(`${day} ${hour}`)} label={label} most={most} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="note">{t("page.heat-note")}</p>
    </section>
  );
}

function HeatCell({ cell, label, most }: { cell: Cell | undefined; label: string; most: number }) {
  const t = useVoice();
  const mood = cell?.mood;
  if (!mood?.shown) {
    const why = mood ? whyNot(mood, t) : "";
    return (
      <td data-why={mood?.reason ?? "none"} title={why}>
        <span class="visually-hidden">{why}</span>
      </td>
    );
  }
  const share = shareOf(mood, label);
  const words = formatsOf(t).percent(share);
  return (
    <td style={{ "--share": `${Math.round((share / most) * 100)}%` }} title={words}>
      <span class="visually-hidden">{words}</span>
    </td>
  );
}

function shareOf(mood: Cell["mood"], label: string | undefined): number {
  return mood.shown && label !== undefined ? (mood.shares[label] ?? 0) : 0;
}
