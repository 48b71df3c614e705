/** Tables of labelled clips: columns `path`, `corpus`, `emotion`, perhaps `speaker`, `language`, `sex`; others are ignored. */

import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { z } from "zod";

/** One labelled clip. */
export interface LabelledClip {
  readonly path: string;
  readonly corpus: string;
  readonly emotion: string;
  /** Unique over corpora. */
  readonly speaker?: string;
  readonly language?: string;
  readonly sex?: string;
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

/** Not every corpus tells everything: an empty field is as good as none. */
const detail = z
  .string()
  .transform((text) => text || undefined)
  .optional();

const rowsSchema = z.array(
  z.object({
    path: z.string().min(1),
    corpus: z.string().min(1),
    emotion: z.string().min(1),
    speaker: detail,
    language: detail,
    sex: detail,
  }),
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
  return rows.data.map(({ path, corpus, emotion, speaker, language, sex }) => {
    const word = emotion.toLowerCase().replaceAll("_", " ");
    const details = { ...(speaker && { speaker }), ...(language && { language }), ...(sex && { sex }) };
    return { path, corpus, emotion: SYNONYMS[word] ?? word, ...details };
  });
}
