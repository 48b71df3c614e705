/** The protocol from the work folder to the card, with models and clips of our own. */

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { encodeOggOpus } from "../../src/ser/index.ts";
import { sine } from "../support/signals.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary.ts";

const root = join(import.meta.dirname, "..", "..");
const model = join(root, "test", "fixtures", "adapting-model");
const outcome = z.object({ code: z.number().optional(), stdout: z.string(), stderr: z.string() });

/** The first run makes, encodes and scores five hundred sounds, and runs the benchmark. */
const FIRST_RUN_MS = 240_000;

let folder: TemporaryFolder;
const at = (...parts: string[]) => join(folder.path, ...parts);
const list = (rows: readonly string[]) => `path,corpus,speaker,emotion,language,sex\n${rows.join("\n")}\n`;

async function run(command: string, ...more: string[]) {
  const places = ["--data", at("data"), "--work", at("work"), "--out", at("out"), ...more];
  const running = promisify(execFile)(process.execPath, [join(root, "training", command), ...places]);
  return outcome.parse(await running.catch((error: unknown) => error));
}

/** Writes into a manifest how many values were learnt, as train.py does. */
async function noteParameters(folder: string, parameters: number) {
  const path = join(folder, "model.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...manifest, training: { parameters } }));
}

/** Tones by two people: loud ones are anger, soft ones neutral. */
async function layOut() {
  await mkdir(at("data"));
  for (const [index, person] of ["ann", "bob"].entries()) {
    const rows: string[] = [];
    for (const [take, amplitude] of [0.1, 0.15, 0.2, 0.6, 0.7, 0.8].entries()) {
      const path = `${person}-${take}.ogg`;
      const samples = sine(150 + 50 * index + take, 1, { amplitude });
      await writeFile(at("data", path), encodeOggOpus(samples, 32));
      rows.push(`${path},tess,tess:${person},${amplitude > 0.5 ? "angry" : "neutral"},en,${index === 0 ? "f" : "m"}`);
    }
    for (const name of [`fold-${index}`, ...(index === 0 ? ["loco-tess"] : [])]) {
      await cp(model, at("work", name), { recursive: true });
      await writeFile(at("work", name, "unheard.csv"), list(rows));
    }
    const family = at("work", "families", "svm", `fold-${index}`);
    await cp(model, family, { recursive: true });
    await noteParameters(family, 1000);
    await writeFile(join(family, "unheard.csv"), list(rows));
  }
  await cp(model, at("out"), { recursive: true });
  await noteParameters(at("out"), 2000);
  await writeFile(
    at("out", "CARD.md"),
    "# A card\n\n<!-- measured: begin -->\nstale figures\n<!-- measured: end -->\n\nThe end.\n",
  );
}

beforeAll(async () => {
  folder = temporaryFolder();
  await layOut();
});
afterAll(() => folder.remove());

describe("npm run eval", () => {
  test(
    "scores every model under every condition and writes the card, its pictures and the metrics",
    async () => {
      const { code, stdout, stderr } = await run("evaluate.ts");
      expect({ code, stderr: stderr.includes("fold-1: noise: 6 clips") }).toEqual({ code: undefined, stderr: true });
      expect(stdout).toContain("tess: UAR clean 100.0");
      const summary = JSON.parse(await readFile(at("work", "results", "summary.json"), "utf8"));
      expect(Object.keys(summary.heldOut.tess).toSorted()).toEqual(
        ["clean", "context-10", "context-10-one-emotion", "context-20", "context-5", "noise", "opus"].toSorted(),
      );
      expect(summary.heldOut.tess.clean).toMatchObject({
        n: 12,
        confusion: { anger: { anger: 6 }, neutral: { neutral: 6 } },
      });
      expect(summary.leftOut.tess.opus.n).toBe(6);
      expect(summary.leftOutMean.opus).toBe(summary.leftOut.tess.opus.uar);
      expect(Object.keys(summary.bySex.tess)).toEqual(["f", "m"]);
      expect(summary.problems).toEqual([]);

      const card = await readFile(at("out", "CARD.md"), "utf8");
      const sha256 = createHash("sha256")
        .update(await readFile(at("out", "model.onnx")))
        .digest("hex");
      expect(card).toContain(`<!-- measured: begin sha256=${sha256} -->`);
      expect(card).not.toContain("stale figures");
      expect(card).toMatch(/\| tess \| 12 \| 2 \| 100\.0 ± 0\.0 \|/);
      expect(card).toContain("English");
      expect(card).toMatch(/\| silence \| 40 \| /);
      expect(card).toMatch(/times real time on one core/);
      expect(card).toMatch(/\| functionals, linear SVM \| 1,000 \| [\d.]+ \| 100\.0 \| \*\*100\.0\*\* \|/);
      expect(card).toMatch(/\| this model \| 2,000 \| [\d.]+ \| 100\.0 \| /);
      expect(card.trim()).toMatch(/The end\.$/);
      for (const picture of ["risk-coverage.png", "reliability.png"]) {
        expect((await readFile(at("out", picture))).subarray(1, 4).toString()).toBe("PNG");
      }
      const { metrics, name } = JSON.parse(await readFile(at("out", "model.json"), "utf8"));
      expect(name).toBe("loud-for-this-voice");
      expect(metrics).toMatchObject({ newVoices: { tess: { clean: 1 } }, noSpeechReadAsEmotion: expect.any(Number) });
    },
    FIRST_RUN_MS,
  );

  test("comes to the same figures by what it kept", async () => {
    const figures = async () => {
      const { heldOut, leftOut } = JSON.parse(await readFile(at("work", "results", "summary.json"), "utf8"));
      return { heldOut, leftOut };
    };
    const measured = await figures();
    expect((await run("evaluate.ts")).code).toBeUndefined();
    expect(await figures()).toEqual(measured);
  });

  test("keeps what it has, and scores a model again when it has changed", async () => {
    const results = at("work", "results");
    const ages = async () =>
      Object.fromEntries(
        await Promise.all(
          (await readdir(results)).map(async (file) => [file, (await stat(join(results, file))).mtimeMs] as const),
        ),
      );
    const before = await ages();
    const manifest = at("work", "fold-1", "model.json");
    await writeFile(manifest, JSON.stringify({ ...JSON.parse(await readFile(manifest, "utf8")), temperature: 2 }));
    expect((await run("evaluate.ts")).code).toBeUndefined();
    const after = await ages();
    const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(changed.filter((file) => !file.startsWith("fold-1."))).toEqual(["summary.json"]);
    expect(changed).toHaveLength(8);
  });

  test("lists what is wrong with the data, and ends with 2", async () => {
    await writeFile(at("data", "broken.ogg"), "no audio");
    await cp(at("data", "ann-0.ogg"), at("data", "copy.ogg"));
    await writeFile(
      at("work", "fold-1", "unheard.csv"),
      list([
        "broken.ogg,tess,tess:bob,anger,en,m",
        "bob-3.ogg,tess,tess:bob,anger,en,m",
        "copy.ogg,tess,tess:ann,neutral,en,f",
        "bob-1.ogg,tess,tess:bob,boredom,en,m",
        "nowhere.ogg,tess,tess:bob,anger,en,m",
      ]),
    );
    const { code, stderr } = await run("evaluate.ts");
    expect(code).toBe(2);
    expect(stderr).toContain("broken.ogg: This isn't an audio file");
    expect(stderr).toMatch(/nowhere\.ogg: ENOENT/);
    expect(stderr).toContain("The speaker tess:ann is held out by fold-0 and fold-1.");
    expect(stderr).toContain("ann-0.ogg and copy.ogg are one file, in fold-0 and fold-1.");
    expect(stderr).toContain("fold-1: 1 clips are left out, as the model has no label boredom.");
  });

  test("says what is missing", async () => {
    expect((await run("evaluate.ts", "--work", at("data"))).stderr).toContain("train first");
    const nowhere = await run("evaluate.ts", "--work", at("nowhere"));
    expect(nowhere.stderr).toContain("ENOENT");
    expect(nowhere.stderr).not.toContain("    at ");
    expect((await run("evaluate.ts", "--out", at("work", "fold-0"))).stderr).toContain("measured: begin");
    const alone = promisify(execFile)(process.execPath, [join(root, "training", "evaluate.ts")]);
    const { code, stderr } = outcome.parse(await alone.catch((error: unknown) => error));
    expect(code).toBe(2);
    expect(stderr).toContain("--data DIR is missing");
  });
});

describe("npm run crossval", () => {
  test("hands its arguments to train.py and stops where training fails", async () => {
    const python = at("python");
    await writeFile(python, '#!/bin/sh\necho "$@" > "$(dirname "$0")/arguments"\nexit 7\n', { mode: 0o755 });
    const { code } = await run(
      "crossval.ts",
      "--teacher",
      "a.npz",
      "--teacher",
      "b.npz",
      "--python",
      python,
      "--",
      "--epochs",
      "3",
    );
    expect(code).toBe(7);
    expect((await readFile(at("arguments"), "utf8")).trim()).toBe(
      `${join(root, "training", "train.py")} --data ${at("data")} --work ${at("work")} --out ${at("out")} --teacher a.npz --teacher b.npz --epochs 3`,
    );
  });

  test("says that there is no Python", async () => {
    const { code, stderr } = await run("crossval.ts", "--python", at("no-python"));
    expect(code).toBe(1);
    expect(stderr).toContain("no-python");
  });
});
