/** The shipped model on real speech, where there is some. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scoreClips } from "../../src/cli/evaluate.ts";
import { readManifestCsv } from "../../src/cli/manifest.ts";
import { measure } from "../../src/cli/metrics.ts";
import { SHIPPED_MODEL_DIR } from "../../src/config.ts";
import { openAnalyzer } from "../../src/ser/index.ts";

const root = process.env["TIMBRE_SPEECH"] ?? join(import.meta.dirname, "..", "..", "..", "shared", "data");
const manifest = join(root, "manifest.csv");
const absent = !existsSync(manifest);
if (absent) console.warn(`Skipped: tests on real speech need ${manifest} (or a folder in TIMBRE_SPEECH).`);

/** Every so many clips of a corpus are enough to see that the pipeline is as it was in training. */
const EVERY = 40;

test.skipIf(absent).each(["tess", "ravdess", "emo-db"])("knows clips of %s, which it learnt from", async (corpus) => {
  const clips = (await readManifestCsv(manifest)).filter((clip) => clip.corpus === corpus);
  const some = clips.filter((_, i) => i % EVERY === 0);
  const analyzer = await openAnalyzer({ modelDir: SHIPPED_MODEL_DIR });
  try {
    const { verdicts, unreadable } = await scoreClips(analyzer, some, { root, threads: 1, opusKbits: 32 });
    expect(unreadable).toEqual([]);
    expect(measure(verdicts[corpus] ?? []).uar).toBeGreaterThan(0.7);
  } finally {
    await analyzer.close();
  }
});
