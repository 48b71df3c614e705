/**
 * `npm run faults [-- NAME...] [--clips N] [--outage SECONDS]`: breaks things under load and counts answers.
 * Prints a table, then one line of JSON; the exit code is 1 when a clip has no answer, or two that differ.
 */

import { parseArgs } from "node:util";
import { SCENARIO_NAMES, tryOut, type Verdict } from "./verdict.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { clips: { type: "string", default: "500" }, outage: { type: "string", default: "120" } },
});
const effort = { clips: Number(values.clips), outageMs: Number(values.outage) * 1000 };
const names = positionals.length > 0 ? positionals : SCENARIO_NAMES;

const COLUMNS = ["name", "accepted", "answered", "givenUp", "rewritten", "contradicted", "seconds", "ok"] as const;
const row = (cells: readonly unknown[]) =>
  console.log(`| ${cells.map((cell) => String(cell).padEnd(12)).join(" | ")} |`);
row(COLUMNS);
row(COLUMNS.map(() => "-".repeat(12)));
const verdicts: Verdict[] = [];
for (const name of names) {
  const verdict = await tryOut(name, effort);
  verdicts.push(verdict);
  row(COLUMNS.map((column) => verdict[column]));
  if (verdict.problem) console.log(`  ${verdict.problem}`);
}
console.log(JSON.stringify({ ...effort, verdicts }));
process.exit(verdicts.every(({ ok }) => ok) ? 0 : 1);
