import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { startEmbeddedPostgres } from "../../src/store/index.ts";
import { startChild, type TestChild } from "../support/child.ts";
import { postmasterOf, query } from "../support/postgres.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary.ts";

const CHILD = join(import.meta.dirname, "embedded-child.ts");
const started = z.object({ connectionString: z.string() });

let folder: TemporaryFolder;
let dataDir: string;
let children: TestChild[];
let servers: { stop(): Promise<void> }[];

beforeEach(async () => {
  folder = temporaryFolder();
  await chmod(folder.path, 0o711);
  dataDir = join(folder.path, "data");
  children = [];
  servers = [];
});

afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await Promise.all(servers.map((server) => server.stop()));
  await folder.remove();
});

/** Starts the server of the test's folder; it is stopped after the test if not before. */
async function start() {
  const server = await startEmbeddedPostgres(dataDir);
  servers.push(server);
  return server;
}

function startInChild(): TestChild {
  const child = startChild(CHILD, [dataDir]);
  children.push(child);
  return child;
}

/** Addresses on which the server's process listens for TCP, from Linux's own tables. */
async function tcpListeners(postmasterPid: number): Promise<string[]> {
  const inodes = new Set<string>();
  for (const fd of await readdir(`/proc/${postmasterPid}/fd`)) {
    const target = await readlink(`/proc/${postmasterPid}/fd/${fd}`).catch(() => "");
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode) inodes.add(inode);
  }
  expect(inodes.size).toBeGreaterThan(0);
  const tables = await Promise.all(["tcp", "tcp6"].map((table) => readFile(`/proc/net/${table}`, "utf8")));
  const rows = tables.flatMap((table) => table.split("\n").map((row) => row.trim().split(/\s+/)));
  return rows.filter((row) => inodes.has(row[9] ?? "")).map((row) => row[1] ?? "");
}

test("what was stored is there after a second start", async () => {
  const first = await start();
  await query(first.connectionString, "create table kept as select 42 as answer");
  await first.stop();
  const second = await start();
  expect(await query(second.connectionString, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("strangers stay outside", async () => {
  const server = await start();
  const address = new URL(server.connectionString.replace("@/", "@socket/"));
  const config = { host: address.searchParams.get("host") ?? "", port: 5432, user: "timbre", database: "timbre" };
  for (const password of ["", "wrong", "postgres"]) {
    await expect(new pg.Client({ ...config, password: password || (() => "") }).connect()).rejects.toThrow();
  }
  expect((await stat(config.host)).mode & 0o077).toBe(0);
  expect((await stat(join(dataDir, "postgres.password"))).mode & 0o077).toBe(0);
  if (process.platform === "linux") expect(await tcpListeners(await postmasterOf(dataDir))).toEqual([]);
});

test("a server that outlived a kill -9 is taken over", async () => {
  const child = startInChild();
  const { connectionString } = started.parse(await child.next());
  await query(connectionString, "create table kept as select 42 as answer");
  const pid = await postmasterOf(dataDir);
  await child.kill();
  const server = await start();
  expect(await postmasterOf(dataDir)).toBe(pid);
  expect(await query(server.connectionString, "select answer from kept")).toEqual([{ answer: 42 }]);
  await server.stop();
  await expect(query(connectionString, "select 1")).rejects.toThrow();
});

test("a machine that lost power finds its data again", async () => {
  const child = startInChild();
  const { connectionString } = started.parse(await child.next());
  await query(connectionString, "create table kept as select 42 as answer");
  const pid = await postmasterOf(dataDir);
  // The other way round it would start its server again.
  await child.kill();
  process.kill(pid, "SIGKILL");
  // In a container the dead server's pid soon belongs to somebody else.
  const stranger = spawn("sleep", ["60"], { stdio: "ignore" });
  const file = join(dataDir, "postgres", "postmaster.pid");
  const lines = (await readFile(file, "utf8")).split("\n");
  await writeFile(file, [String(stranger.pid), ...lines.slice(1)].join("\n"));
  const server = await start();
  expect(await query(server.connectionString, "select answer from kept")).toEqual([{ answer: 42 }]);
  await server.stop();
  expect(stranger.exitCode).toBeNull();
  const ended = once(stranger, "exit");
  stranger.kill();
  await ended;
});

test("a server that is killed under us is started again where it was", async () => {
  const server = await start();
  await query(server.connectionString, "create table kept as select 42 as answer");
  const pid = await postmasterOf(dataDir);
  process.kill(pid, "SIGKILL");
  const answer = () => query(server.connectionString, "select answer from kept").catch(() => []);
  await expect.poll(answer, { timeout: 30_000, interval: 100 }).toEqual([{ answer: 42 }]);
  expect(await postmasterOf(dataDir)).not.toBe(pid);
});

test("a second Timbre on the same folder is told so, and the first isn't disturbed", async () => {
  const first = await start();
  const second = z.object({ error: z.string() }).parse(await startInChild().next());
  expect(second.error).toContain("Another Timbre already runs on");
  expect(await query(first.connectionString, "select 1 as alive")).toEqual([{ alive: 1 }]);
});

test("a cluster whose making was cut off is made anew", async () => {
  const half = join(dataDir, "postgres.new-cut");
  await mkdir(join(half, "cluster"), { recursive: true });
  await writeFile(join(half, "cluster", "PG_VERSION"), "18\n");
  const server = await start();
  await server.stop();
  expect((await readdir(dataDir)).sort()).toEqual(["postgres", "postgres.log", "postgres.password"]);
});

test("a folder with a long name works, too", async () => {
  dataDir = join(folder.path, "long".repeat(40));
  const server = await start();
  expect(await query(server.connectionString, "select 1 as alive")).toEqual([{ alive: 1 }]);
});

test("a folder that others may not enter works, too", async () => {
  await chmod(folder.path, 0o700);
  const server = await start();
  expect(await query(server.connectionString, "select 1 as alive")).toEqual([{ alive: 1 }]);
});

test("a database that is broken says what PostgreSQL says", async () => {
  const server = await start();
  await server.stop();
  await rm(join(dataDir, "postgres", "global", "pg_control"));
  await expect(start()).rejects.toThrow(/doesn't start[\s\S]*pg_control/);
});
