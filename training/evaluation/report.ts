/** Measures, writes the model's card and manifest, and says the most important figures. */

import { ManifestError } from "../../src/cli/manifest.ts";
import { ModelError } from "../../src/ser/index.ts";
import { readCard, writeCard } from "./card.ts";
import { measureAll } from "./measure.ts";
import type { Options } from "./options.ts";
import { percent } from "./tables.ts";

/** Runs everything after training. Returns the exit code: 2 when the data has problems, which are listed. */
export async function report({ data, work, out }: Options): Promise<number> {
  try {
    // Better now than after an hour of scoring.
    await readCard(out);
    const evaluation = await measureAll({ data, work }, out);
    await writeCard(out, evaluation);
    for (const [corpus, figures] of Object.entries(evaluation.heldOut)) {
      const uars = Object.entries(figures).map(([condition, { folds }]) => `${condition} ${percent(folds.uar.mean)}`);
      console.log(`${corpus}: UAR ${uars.join(", ")}`);
    }
    for (const problem of evaluation.problems) console.error(problem);
    return evaluation.problems.length > 0 ? 2 : 0;
  } catch (error) {
    const ofFiles = error instanceof Error && "syscall" in error;
    if (!ofFiles && !(error instanceof ManifestError) && !(error instanceof ModelError)) throw error;
    console.error(error.message);
    return 1;
  }
}
