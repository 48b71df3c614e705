/** A small disk in memory, to be filled up. */

import { execFile } from "node:child_process";
import { mkdir, open } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const MIB = new Uint8Array(1024 * 1024);

/**
 * Mounts an empty disk of so many MiB at a new folder, and returns what takes it away again.
 * @throws Error where one may not mount
 */
export async function mountDisk(folder: string, mib: number): Promise<() => Promise<void>> {
  await mkdir(folder);
  await run("mount", ["-t", "tmpfs", "-o", `size=${mib}m,mode=0711`, "tmpfs", folder]);
  return async () => {
    await run("umount", ["--lazy", folder]);
  };
}

/** Writes a file until there is no room for another page. */
export async function fillDisk(path: string): Promise<void> {
  const file = await open(path, "w");
  try {
    for (const piece of [MIB, MIB.subarray(0, 4096)]) while (await fits(file.write(piece)));
  } finally {
    await file.close();
  }
}

async function fits(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") return false;
    throw error;
  }
}
