/** Scores as bars that a screen reader reads as a list. */

import type { ScoreRow } from "../../../views/reading-text.ts";

/** One bar per emotion, in the given order. */
export function ScoreBars({ rows }: { readonly rows: readonly ScoreRow[] }) {
  return (
    <ul class="bars">
      {rows.map((row) => (
        <li key={row.label} data-label={row.label}>
          <span>{row.name}</span>
          <span class="track" aria-hidden="true">
            <span style={{ width: `${row.share * 100}%`, background: row.colour }} />
          </span>
          <span class="percent">{row.percent}</span>
        </li>
      ))}
    </ul>
  );
}
