/** `timbre doctor`: looks at everything that Timbre needs, and says what to do about what is wrong. */

import { styleText } from "node:util";
import type { Config } from "../config.ts";
import type { Check, Finding } from "./doctor/check.ts";
import { checkDiscord } from "./doctor/discord.ts";
import { checkDataFolder, checkNode } from "./doctor/machine.ts";
import { checkDatabaseAndQueue, checkModel } from "./doctor/services.ts";

const MARKS = {
  ok: styleText("green", "✔"),
  warning: styleText("yellow", "▲"),
  failed: styleText("red", "✖"),
  skipped: styleText("dim", "·"),
} as const satisfies Record<Finding["status"], string>;

/** Checks everything and prints it. Returns the exit code: 1 when something is broken. */
export async function doctor(config: Config, { json }: { readonly json: boolean }): Promise<number> {
  const checks: readonly Check[] = [
    checkNode,
    () => checkModel(config),
    () => checkDataFolder(config),
    () => checkDatabaseAndQueue(config),
    () => checkDiscord(config),
  ];
  const found: Finding[] = [];
  // One after another: what is printed keeps its order, and nothing is slow enough to matter.
  for (const check of checks) {
    const results = await check();
    found.push(...results);
    if (!json) console.log(results.map(printed).join("\n"));
  }
  const broken = found.filter(({ status }) => status === "failed").length;
  const warnings = found.filter(({ status }) => status === "warning").length;
  if (json) console.log(JSON.stringify({ ok: broken === 0, findings: found }, null, 2));
  else console.log(`\n${verdict(broken, warnings)}`);
  return broken > 0 ? 1 : 0;
}

/** Widest name of a check. */
const NAME_WIDTH = 13;

function printed({ check, status, message, fix }: Finding): string {
  const line = `${MARKS[status]} ${check.padEnd(NAME_WIDTH)}${message}`;
  return fix ? `${line}\n  ${"".padEnd(NAME_WIDTH)}${styleText("cyan", fix)}` : line;
}

function verdict(broken: number, warnings: number): string {
  if (broken > 0) return `${broken} broken. Mend that first, then run npx timbre doctor again.`;
  return warnings > 0 ? "Timbre can run; see the warnings for what it can't do." : "All is well.";
}
