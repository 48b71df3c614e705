/** `postmaster.pid`, in which a PostgreSQL server says who and where it is. */

import { execFile } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A running server. */
export interface Postmaster {
  readonly pid: number;
  /** Folder of its socket, or its address. */
  readonly host: string;
  readonly port: number;
}

/** The server that runs on a cluster. One that is gone, or whose pid now is another program's, counts as none. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const file = join(cluster, "postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => "");
  // Lines: pid, cluster, start time, port, socket folder, address, shared memory, status.
  const [pidLine, , , portLine, socketDir, address] = text.split("\n");
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid <= 0 || !(await isPostmaster(pid, cluster))) return undefined;
  const host = socketDir || address;
  const port = Number(portLine);
  return host && port > 0 ? { pid, host, port } : undefined;
}

/**
 * Takes away the marks of a server that was killed. PostgreSQL does so by itself unless another program
 * got the same pid since, which is the rule in containers.
 */
export async function forgetDeadPostmaster(cluster: string): Promise<void> {
  for (const name of await readdir(cluster)) {
    // The socket's own lock begins with the pid as well.
    if (name !== "postmaster.pid" && !/^\.s\.PGSQL\.\d+\.lock$/.test(name)) continue;
    const file = join(cluster, name);
    const pid = Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10);
    if (pid > 0 && !(await isPostmaster(pid, cluster))) await rm(file, { force: true });
  }
}

/**
 * Whether process `pid` is a PostgreSQL server on `cluster`, told by its command line: that is the one thing about
 * another user's process that even root in a container may read.
 */
async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  try {
    if (process.platform === "linux") {
      const [program = "", ...args] = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
      return program.includes("postgres") && args.includes(cluster);
    }
    if (process.platform === "win32") return process.kill(pid, 0);
    const { stdout } = await run("ps", ["-p", String(pid), "-o", "command="]);
    return stdout.includes("postgres") && stdout.includes(cluster);
  } catch {
    return false;
  }
}
