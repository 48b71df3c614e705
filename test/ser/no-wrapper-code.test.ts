import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");

const PROGRAM = `
  const { readFileSync } = require("node:fs");
  import(${JSON.stringify(join(ROOT, "src", "ser", "index.ts"))}).then(async ({ openAnalyzer }) => {
    const analyzer = await openAnalyzer({ modelDir: ${JSON.stringify(join(ROOT, "models", "timbre-1"))}, threads: 2 });
    const { label } = await analyzer.analyze(readFileSync(${JSON.stringify(join(ROOT, "test", "fixtures", "voice.ogg"))}));
    await analyzer.close();
    console.log("heard", label);
  });
`;

test("threads compile no code that V8 would share among them, and free in the middle of another one's", async () => {
  const options = ["--trace-wasm-compilation-times", "--eval", PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, options, { maxBuffer: 2 ** 26 });
  expect(stdout).toMatch(/heard \w+/);
  expect(stdout).toMatch(/Compiled function .* using TurboFan/);
  expect(stdout).not.toMatch(/Compiled WasmToJS wrapper/);
});
