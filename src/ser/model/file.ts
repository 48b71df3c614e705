/** Files of a model folder, and what is said when they can't be used. */

import { readFile } from "node:fs/promises";

/** A model folder that can't be used; the message names the file and what is wrong with it. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

/** Reads a file of a model folder. @throws ModelError when it isn't there or can't be read. */
export async function readModelFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new ModelError(
      `${path} ${missing ? "is missing" : "can't be read"}. TIMBRE_MODEL must be a folder with model.onnx and model.json.`,
      { cause },
    );
  }
}
