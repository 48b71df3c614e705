/** `.env`: settings that every `timbre` reads at its start, in the folder where it is started. */

import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { loadEnvFile } from "node:process";

/** Its path, from the folder where Timbre is started. */
export const ENV_FILE = ".env";
/** It holds a secret: its owner may read and write it, and nobody else. */
const MODE = 0o600;

/** Reads the file into the environment, where it is; what is set there already stays as it is. */
export function readEnvFile(): void {
  try {
    loadEnvFile(ENV_FILE);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Sets one variable in the file, and leaves its other lines as they are. */
export async function writeEnvFile(name: string, value: string): Promise<void> {
  const before = await readFile(ENV_FILE, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return "";
    throw error;
  });
  const line = `${name}=${value}`;
  const isOurs = (each: string) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(each);
  const kept = before.replace(/\n$/, "").split("\n");
  const lines = kept.some(isOurs) ? kept.map((each) => (isOurs(each) ? line : each)) : [...kept, line];
  // Written beside it and renamed: never half a file, and never readable by others for a moment.
  const half = `${ENV_FILE}.new`;
  await writeFile(half, `${lines.join("\n").replace(/^\n/, "")}\n`, { mode: MODE });
  await chmod(half, MODE);
  await rename(half, ENV_FILE);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
