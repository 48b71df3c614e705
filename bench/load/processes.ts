/** What processes cost, as Linux counts it. */

import { readdir, readFile } from "node:fs/promises";

/** `sysconf(_SC_CLK_TCK)` on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** A process' resident memory in MiB, now or at its most. */
export async function memoryMiB(pid: number, when: "now" | "peak" = "now"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const line = when === "now" ? /VmRSS:\s+(\d+)/ : /VmHWM:\s+(\d+)/;
  return Math.round(Number(line.exec(status)?.[1]) / 1024);
}

/** Processor seconds of a process and of the children that it had and has: a PostgreSQL server with its sessions. */
export async function familyCpuSeconds(pid: number): Promise<number> {
  const all = await Promise.all(
    (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map((name) => statOf(Number(name))),
  );
  let ticks = 0;
  for (const stat of all) {
    if (stat?.pid === pid) ticks += stat.own + stat.endedChildren;
    else if (stat?.parent === pid) ticks += stat.own;
  }
  return ticks / TICKS_PER_SECOND;
}

/** proc_pid_stat(5): fields 4 and 14 to 17; undefined when the process has just ended. */
async function statOf(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  // The program's name, in parentheses, may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  return { pid, parent: field(4), own: field(14) + field(15), endedChildren: field(16) + field(17) };
}
