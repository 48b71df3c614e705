/**
 * `npm run crossval -- --data DIR --work DIR [--teacher FILE …] [--out models/timbre-1] [-- more for train.py]`:
 * trains what isn't trained, scores what isn't scored, and writes the model's card. Goes on where it was stopped.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Options, readOptions } from "./evaluation/options.ts";
import { report } from "./evaluation/report.ts";

const options = readOptions(process.argv.slice(2));
process.exitCode = (await train(options)) || (await report(options));

/** Runs train.py with the same arguments. Returns its exit code. */
async function train({ data, work, out, teacher, python, forTraining }: Options): Promise<number> {
  if (!existsSync(python)) {
    console.error(`There is no ${python}. Make it as training/README.md says, or name another with --python.`);
    return 1;
  }
  const places = ["--data", data, "--work", work, "--out", out, ...teacher.flatMap((file) => ["--teacher", file])];
  const script = join(import.meta.dirname, "train.py");
  const child = spawn(python, [script, ...places, ...forTraining], { stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await once(child, "exit");
  return typeof code === "number" ? code : 1;
}
