/** Numbers and tables as the card writes them. */

/** A share as a percentage with one digit and no sign; – where there is none. */
export function percent(share: number | undefined): string {
  return share === undefined ? "–" : (share * 100).toFixed(1);
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}
