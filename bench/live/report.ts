/** Figures as people read them. */

import { round } from "../statistics.ts";

/** Lines of a name and a value each, the values below one another. */
export function table(rows: readonly (readonly [name: string, value: string | number])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n");
}

/** All figures to two decimals. */
export function rounded<Key extends string>(figures: Readonly<Record<Key, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries<number>(figures).map(([name, value]) => [name, round(value)]));
}
