/** Scores of one model under one condition: a JSON file each, made again only when the model or its clips change. */

import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const row = z.object({
  path: z.string(),
  corpus: z.string(),
  speaker: z.string(),
  language: z.string().optional(),
  sex: z.string().optional(),
  truth: z.string(),
  speech: z.boolean(),
  label: z.string(),
  confidence: z.number(),
  uncertain: z.boolean(),
  adapted: z.boolean(),
  scores: z.record(z.string(), z.number()),
});

const resultSchema = z.object({
  model: z.string(),
  /** Of `model.onnx`. */
  sha256: z.string(),
  fingerprint: z.string(),
  condition: z.string(),
  rows: z.array(row),
  /** Clips that couldn't be read. */
  unreadable: z.array(z.object({ path: z.string(), message: z.string() })),
  /** Clips per emotion that the model has no label for. */
  leftOut: z.record(z.string(), z.number()),
});

/** What a model said of one clip. */
export type ResultRow = z.infer<typeof row>;
/** What a model said under one condition. */
export type Result = z.infer<typeof resultSchema>;

/** The result in a file, if there is one with this fingerprint. */
export async function readResult(path: string, fingerprint: string): Promise<Result | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = resultSchema.safeParse(JSON.parse(text));
  return parsed.success && parsed.data.fingerprint === fingerprint ? parsed.data : undefined;
}

/** Keeps a result, rounded, and returns what was kept. A run that is broken off leaves none or a whole one. */
export async function writeResult(path: string, result: Result): Promise<Result> {
  await mkdir(dirname(path), { recursive: true });
  const rounded = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toFixed(4)) : value);
  const text = JSON.stringify(result, rounded);
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
  return resultSchema.parse(JSON.parse(text));
}
