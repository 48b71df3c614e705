/** Checks of the machine: Node, the data folder, the disk. */

import { access, constants, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Config } from "../../config.ts";
import { type Finding, findings } from "./check.ts";

/** The Node that Timbre is written for. */
const NODE_MAJOR = 24;
const GIB = 1024 ** 3;
/** PostgreSQL stops when its disk is full; with less than this, soon. */
const DISK_LOW_BYTES = 2 * GIB;
const DISK_FULL_BYTES = GIB / 4;
/** Bits that let others than the owner write. */
const OTHERS_WRITE = 0o022;

/** Checks which Node runs this. */
export async function checkNode(): Promise<readonly Finding[]> {
  const { ok, warning } = findings("Node");
  const version = `Node ${process.versions.node}`;
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return [ok(version)];
  const fix = `Start Timbre through npm or npx, which use the Node ${NODE_MAJOR} that npm ci brings along.`;
  return [warning(`${version} is older than what Timbre is tested with`, fix)];
}

/** Checks that the data folder can be written, by nobody else, and that its disk has room. */
export async function checkDataFolder({ dataDir }: Config): Promise<readonly Finding[]> {
  const present = await nearest(dataDir);
  return [await rightsOf(dataDir, present), await roomIn(present)];
}

async function rightsOf(dataDir: string, present: string): Promise<Finding> {
  const { ok, warning, failed } = findings("Data folder");
  try {
    await access(present, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    const fix = `Give ${present} to the user who runs Timbre (chown), or set TIMBRE_DATA to a folder of theirs.`;
    return failed(`${present} can't be written`, fix);
  }
  if (present !== dataDir) return ok(`${dataDir} will be made at the first start`);
  const { mode } = await stat(dataDir);
  if (mode & OTHERS_WRITE) return warning(`others may write into ${dataDir}`, `chmod go-w ${dataDir}`);
  return ok(`${dataDir} can be written, by its owner alone`);
}

async function roomIn(folder: string): Promise<Finding> {
  const { ok, warning, failed } = findings("Disk");
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const message = `${(freeBytes / GIB).toFixed(1)} GiB free`;
  const fix = "Make room: PostgreSQL stops when the disk is full.";
  if (freeBytes < DISK_FULL_BYTES) return failed(message, fix);
  return freeBytes < DISK_LOW_BYTES ? warning(message, fix) : ok(message);
}

/** The folder itself, or the one in which it would be made. */
async function nearest(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : nearest(dirname(folder));
}
