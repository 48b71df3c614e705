/** Tables of labelled clips: columns `path`, `corpus`, `emotion`; others are ignored. */

import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { z } from "zod";

/** One labelled clip. */
export interface LabelledClip {
  readonly path: string;
  readonly corpus: string;
  readonly emotion: string;
}

/** The table can't be used; the message says why. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
}

/** What corpora call the emotions that we name. Calm is the acted quiet form of neutral. */
const SYNONYMS: Readonly<Record<string, string>> = {
  angry: "anger",
  calm: "neutral",
  fearful: "fear",
  happy: "happiness",
  "pleasant surprise": "surprise",
  sad: "sadness",
  surprised: "surprise",
};

const rowsSchema = z.array(
  z.object({ path: z.string().min(1), corpus: z.string().min(1), emotion: z.string().min(1) }),
);

/** Reads a table. @throws ManifestError when it can't be read, or lacks a column. */
export async function readManifestCsv(file: string): Promise<LabelledClip[]> {
  let table: unknown;
  try {
    table = parse(await readFile(file), { columns: true, skip_empty_lines: true, trim: true, bom: true });
  } catch (cause) {
    throw new ManifestError(`${file} can't be read as CSV: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  const rows = rowsSchema.safeParse(table);
  if (!rows.success) {
    throw new ManifestError(`${file} must have the columns path, corpus and emotion: ${z.prettifyError(rows.error)}`);
  }
  if (rows.data.length === 0) throw new ManifestError(`${file} lists no clips.`);
  return rows.data.map((row) => {
    const word = row.emotion.toLowerCase().replaceAll("_", " ");
    return { ...row, emotion: SYNONYMS[word] ?? word };
  });
}
