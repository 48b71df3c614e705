/** `timbre analyze`: files in, readings out. */

import { readFile } from "node:fs/promises";
import type { Config } from "../config.ts";
import { UserError } from "../errors.ts";
import { translator } from "../i18n/index.ts";
import { type Analyzer, openAnalyzer, type Reading } from "../ser/index.ts";
import { describeReading } from "../views/index.ts";
import { progressBar } from "./progress.ts";

const BAD_INPUT = 2;
const BAR_WIDTH = 30;

/**
 * Analyses files one after another and prints each reading.
 * Returns the exit code: 0, or 2 when at least one file couldn't be read.
 */
export async function analyzeFiles(
  files: readonly string[],
  options: { readonly json: boolean; readonly config: Config },
): Promise<number> {
  const analyzer = await openAnalyzer({ modelDir: options.config.modelDir });
  const bar = progressBar(files.length);
  let exitCode = 0;
  try {
    for (const file of files) {
      const result = await analyzeFile(analyzer, file, options.config);
      bar.pause();
      if (result instanceof UserError) {
        exitCode = BAD_INPUT;
        console.error(`${file}: ${result.message}`);
        if (options.json) {
          console.log(JSON.stringify({ file, error: { code: result.code, message: result.message } }));
        }
      } else {
        console.log(options.json ? JSON.stringify({ file, ...result }) : printed(file, result));
      }
      bar.step();
    }
  } finally {
    bar.stop();
    await analyzer.close();
  }
  return exitCode;
}

async function analyzeFile(analyzer: Analyzer, file: string, config: Config): Promise<Reading | UserError> {
  try {
    return await analyzer.analyze(await readBytes(file), config);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new UserError("unreadable", { code }, { cause });
  }
}

/** A reading for the terminal. */
function printed(file: string, reading: Reading): string {
  const t = translator(process.env["LANG"] ?? "en");
  const text = describeReading(reading, t);
  const rows = [...text.scores, ...text.dimensions];
  const width = Math.max(0, ...rows.map((row) => row.name.length));
  const lines = rows.map((score) => {
    const filled = Math.round(score.share * BAR_WIDTH);
    const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
    return `  ${score.name.padEnd(width)}  ${bar}  ${score.percent}`;
  });
  const timeline = reading.timeline.length > 1 ? ["", ...reading.timeline.map(timelineLine)] : [];
  const profile = text.profileLines.map((line) => `  ${line}`);
  return [file, `  ${text.headline}`, `  ${text.explanation}`, "", ...lines, ...timeline, "", ...profile, ""].join(
    "\n",
  );
}

function timelineLine(entry: Reading["timeline"][number]): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(1).padStart(5);
  const [best] = Object.entries(entry.scores).toSorted(([, a], [, b]) => b - a);
  const heard = entry.speech && best !== undefined ? `${best[0]} ${Math.round(best[1] * 100)} %` : "–";
  return `  ${seconds(entry.startMs)} –${seconds(entry.endMs)} s  ${heard}`;
}
