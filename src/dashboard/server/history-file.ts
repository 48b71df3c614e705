/** A history as a file. */

import type { HistoryRow } from "../api/moods.ts";

/** Rows of a table for spreadsheets: RFC 4180, one row for each label. */
export async function* csvHistory(rows: AsyncIterable<HistoryRow>): AsyncGenerator<string> {
  yield "at,channel_id,source,readings,people,confidence,label,share\r\n";
  for await (const { at, channelId, source, mood } of rows) {
    // What isn't shown has empty fields, so that a sum over the file doesn't take it for zero.
    const cells = mood.shown
      ? Object.entries(mood.shares).map(([label, share]) => [
          ...[mood.readings, mood.people, mood.confidence.toFixed(4)],
          ...[label, share.toFixed(4)],
        ])
      : [["", "", "", "", ""]];
    for (const cell of cells) yield `${[at, channelId ?? "", source, ...cell].map(quoted).join(",")}\r\n`;
  }
}

/** Rows as a JSON array. */
export async function* jsonHistory(rows: AsyncIterable<HistoryRow>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

/** A label is a foreign model's own word: it may hold anything, also what a spreadsheet takes for a formula. */
function quoted(cell: string | number): string {
  const text = String(cell);
  const harmless = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
