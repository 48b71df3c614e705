import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "..", "..");
const fixture = (name: string) => join(root, "test", "fixtures", name);
const outcome = z.object({ code: z.number().optional(), stdout: z.string(), stderr: z.string() });
const LABELS = ["anger", "disgust", "fear", "happiness", "surprise", "sadness", "neutral"];

async function timbre(...args: string[]): Promise<z.infer<typeof outcome>> {
  const run = promisify(execFile)(process.execPath, [join(root, "src", "cli", "timbre.ts"), ...args]);
  return outcome.parse(await run.catch((error: unknown) => error));
}

test("--json prints one object per file, with all that a program wants to know", async () => {
  const { code, stdout } = await timbre("analyze", "--json", fixture("long.ogg"), fixture("silence.ogg"));
  expect(code).toBeUndefined();
  const [spoken, silent] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(spoken).toMatchObject({
    file: fixture("long.ogg"),
    speech: true,
    model: { name: "timbre-1", version: expect.any(String) },
    profile: { loudnessDbfs: expect.any(Number), pitchHz: { median: expect.any(Number) } },
  });
  expect(Object.keys(spoken.scores).toSorted()).toEqual(LABELS.toSorted());
  expect(LABELS).toContain(spoken.label);
  expect(spoken.confidence).toBeCloseTo(
    Math.max(...Object.values(z.record(z.string(), z.number()).parse(spoken.scores))),
  );
  expect(spoken.durationMs).toBeGreaterThan(8000);
  expect(spoken.timeline[1]).toMatchObject({ startMs: expect.any(Number), endMs: expect.any(Number), scores: {} });
  expect(spoken.timeline.length).toBeGreaterThan(3);
  expect(silent).toMatchObject({ speech: false, label: "no-speech" });
});

test("a bad file is told about and gives exit code 2; the others are still analysed", async () => {
  const { code, stdout, stderr } = await timbre("analyze", fixture("README.md"), "nowhere.ogg", fixture("voice.ogg"));
  expect(code).toBe(2);
  expect(stderr).toContain("isn't an audio file");
  expect(stderr).toContain("nowhere.ogg: This file can't be opened (ENOENT)");
  expect(stdout).toContain("Pitch");
});

test("a folder that is no model is explained, not dumped", async () => {
  const { code, stderr } = await timbre("eval", "--manifest", fixture("labelled.csv"), "--model", fixture("."));
  expect(code).toBe(1);
  expect(stderr).toContain("TIMBRE_MODEL must be a folder with model.onnx and model.json");
  expect(stderr).not.toContain("    at ");
});

test("eval measures labelled clips and lists what it left out", async () => {
  const { code, stdout } = await timbre("eval", "--manifest", fixture("labelled.csv"), "--opus", "32", "--json");
  expect(code).toBeUndefined();
  expect(stdout.trim().split("\n")).toHaveLength(1);
  const result = JSON.parse(stdout);
  expect(Object.keys(result.corpora)).toEqual(["espeak"]);
  expect(result.corpora.espeak).toMatchObject({
    n: 2,
    recall: { neutral: expect.any(Number), anger: expect.any(Number) },
  });
  expect(result.corpora.espeak.uar).toBeGreaterThanOrEqual(0);
  expect(result.leftOut).toEqual({ boredom: 1 });
  expect(result.unreadable).toEqual([]);
});
