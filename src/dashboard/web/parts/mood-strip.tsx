/** Shares of emotions as one stacked strip. */

import { type ShareRow, shareRows } from "../../../views/mood-shares.ts";
import { useVoice } from "../language.ts";

interface MoodStripProps {
  /** What the strip is about, for those who can't see it. */
  readonly label: string;
  readonly shares: Readonly<Record<string, number>>;
}

/** A strip in which each emotion is as wide as its share. */
export function MoodStrip({ label, shares }: MoodStripProps) {
  const rows = shareRows(shares, useVoice()).filter(({ share }) => share > 0);
  return (
    <div class="strip" role="img" aria-label={`${label}: ${inWords(rows)}`}>
      {rows.map((row) => (
        <span
          key={row.label}
          title={`${row.name} ${row.percent}`}
          style={{ flexGrow: row.share, background: row.colour ?? "var(--uncertain)" }}
        />
      ))}
    </div>
  );
}

/** The rows, the largest share first: `anger 40%, neutral 35%`. */
export function inWords(rows: readonly ShareRow[]): string {
  return rows
    .toSorted((a, b) => b.share - a.share)
    .map(({ name, percent }) => `${name} ${percent}`)
    .join(", ");
}
