import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../support/temporary.ts";

const ROOT = join(import.meta.dirname, "..", "..");

test("ONNX Runtime keeps no id of this machine, and so has nobody to report to", async () => {
  const home = temporaryFolder();
  onTestFinished(() => home.remove());
  const clip = join(ROOT, "test", "fixtures", "chords.ogg");
  const program = join(ROOT, "src", "cli", "timbre.ts");
  // Nothing else from here: it is silent by itself where `CI` is set.
  const env = { PATH: process.env["PATH"], HOME: home.path };
  await promisify(execFile)(process.execPath, [program, "analyze", clip], { cwd: home.path, env });
  expect(await readdir(home.path)).toEqual([]);
});
