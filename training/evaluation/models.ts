/** What training left in the work folder: models, and the clips that each of them never heard. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type LabelledClip, ManifestError, readManifestCsv } from "../../src/cli/manifest.ts";

/** A model and the clips that it is scored on. */
export interface HeldOutModel {
  /** `fold-0`, `loco-tess`. */
  readonly name: string;
  /** Whether people were held out, or a whole corpus. */
  readonly kind: "fold" | "loco";
  readonly folder: string;
  readonly clips: readonly HeldOutClip[];
  /** Changes whenever the scores could: the graph, the manifest, the list of clips. */
  readonly fingerprint: string;
}

/** A clip whose speaker is known. */
export type HeldOutClip = LabelledClip & { readonly speaker: string };

/** @throws ManifestError when there is no model, or a list of clips is wrong */
export async function heldOutModels(work: string): Promise<HeldOutModel[]> {
  const names = (await readdir(work)).filter((name) => /^(fold-\d+|loco-.+)$/.test(name)).toSorted();
  const folders = names.filter((name) => existsSync(join(work, name, "unheard.csv")));
  if (folders.length === 0) {
    throw new ManifestError(
      `${work} has no fold-0, fold-1 … with model.json, model.onnx and unheard.csv: train first.`,
    );
  }
  return Promise.all(
    folders.map(async (name) => {
      const folder = join(work, name);
      const list = join(folder, "unheard.csv");
      const kind = name.startsWith("fold-") ? "fold" : "loco";
      return { name, kind, folder, clips: await clipsIn(list), fingerprint: await fingerprintOf(folder, [list]) };
    }),
  );
}

/** A hash over all that a model's scores depend on: its graph, its manifest, and other files. */
export async function fingerprintOf(folder: string, others: readonly string[]): Promise<string> {
  // The metrics are what comes out of the scores, so they don't count.
  const { metrics: _, ...manifest } = await readManifestFields(folder);
  const hash = createHash("sha256").update(JSON.stringify(manifest));
  for (const file of [join(folder, "model.onnx"), ...others]) hash.update(await sha256Of(file), "hex");
  return hash.digest("hex");
}

/** SHA-256 of a file, in hex. */
export async function sha256Of(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

/** A manifest with all its fields, also those that only people read. @throws ManifestError when it is none */
export async function readManifestFields(folder: string): Promise<Record<string, unknown>> {
  const path = join(folder, "model.json");
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new ManifestError(`${path} can't be read as a manifest.`, { cause });
  }
}

async function clipsIn(list: string): Promise<HeldOutClip[]> {
  return (await readManifestCsv(list)).map((clip) => {
    if (clip.speaker === undefined) throw new ManifestError(`${list} must also have the column speaker.`);
    return { ...clip, speaker: clip.speaker };
  });
}
