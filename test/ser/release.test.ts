import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const SRC = join(import.meta.dirname, "..", "..", "src");
const from = (file: string) => JSON.stringify(join(SRC, file));
/** Reads a minute of sound and says how many bytes of samples and the like are left of it. */
const READ = `
  import { SHIPPED_MODEL_DIR } from ${from("config.ts")};
  import { DEFAULT_LIMITS } from ${from("ser/limits.ts")};
  import { encodeOggOpus } from ${from("ser/index.ts")};
  import { Classifier } from ${from("ser/model/classifier.ts")};
  import { readManifest } from ${from("ser/model/manifest.ts")};
  import { readClip } from ${from("ser/pipeline.ts")};
  const clip = encodeOggOpus(Float32Array.from({ length: 60 * 16000 }, (_, i) => 0.3 * Math.sin(0.08 * i)), 32);
  const classifier = await Classifier.open(SHIPPED_MODEL_DIR, await readManifest(SHIPPED_MODEL_DIR));
  await readClip(clip, DEFAULT_LIMITS, classifier);
  const before = process.memoryUsage().arrayBuffers;
  await readClip(clip, DEFAULT_LIMITS, classifier);
  console.log(process.memoryUsage().arrayBuffers - before);
`;
/** With so much room for young objects V8 collects none of them meanwhile. */
const UNCOLLECTED = ["--min-semi-space-size=128", "--max-semi-space-size=128"];

test("a clip's samples are given back when it has been read, whether or not V8 collects garbage", async () => {
  const flags = [...UNCOLLECTED, "--input-type=module", "--eval", READ];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  // A minute has 3.8 MB of samples, of which libopus leaves one copy behind. With all that is made of them it would be 22 MB.
  expect(Number(stdout)).toBeGreaterThan(0);
  expect(Number(stdout)).toBeLessThan(6e6);
});
