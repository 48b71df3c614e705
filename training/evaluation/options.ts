/** The command line that crossval and eval share. */

import { parseArgs } from "node:util";
import { z } from "zod";

const optionsSchema = z.object({
  data: z.string({ error: "--data DIR is missing: the folder with manifest.csv and the recordings" }),
  work: z.string({ error: "--work DIR is missing: the folder for folds, caches and results" }),
  out: z.string(),
  teacher: z.array(z.string()).default([]),
  python: z.string(),
});

/** What the commands are told. */
export interface Options extends z.infer<typeof optionsSchema> {
  /** Everything after `--`, for train.py. */
  readonly forTraining: readonly string[];
}

/** Reads the command line; a wrong one ends the process with a sentence. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: "string" },
        work: { type: "string" },
        out: { type: "string", default: "models/timbre-1" },
        teacher: { type: "string", multiple: true },
        python: { type: "string", default: ".venv/bin/python" },
      },
    });
    return { ...optionsSchema.parse(values), forTraining: positionals };
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof TypeError)) throw error;
    console.error(error instanceof z.ZodError ? error.issues.map(({ message }) => message).join("\n") : error.message);
    return process.exit(2);
  }
}
