/** The folder of an embedded PostgreSQL: made once, and whole or not at all. */

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { DatabaseError } from "../errors.ts";
import type { Account } from "./account.ts";

/** The database's superuser, who is also its only user. */
export const USER = "timbre";
/** Sockets are named after a port, so there is one although nothing listens on it. */
export const SOCKET_PORT = 5432;

/** Clusters under construction; what is found of them at a start was cut off. */
const UNFINISHED = "postgres.new-";
/** Longest path of a Unix socket on Linux (108 with the final zero) and macOS (104). */
const SOCKET_PATH_BYTES = 103;
/** Unix sockets don't exist there for PostgreSQL's clients. */
export const ON_WINDOWS = process.platform === "win32";

/** The password in `file`, which only its owner may read; made up when there is none. */
export async function keepPassword(file: string): Promise<string> {
  try {
    // "wx" fails where the file is already there, so two starts at the same time agree on one password.
    await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFile(file, "utf8");
}

/**
 * Makes a cluster unless there is one. It is made beside its place and then renamed, so a half-made one is never used.
 * @throws DatabaseError with PostgreSQL's own words when that fails.
 */
export async function ensureCluster(
  cluster: string,
  parts: { readonly dataDir: string; readonly initdb: string; readonly account: Account; readonly password: string },
): Promise<void> {
  const { dataDir, account } = parts;
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(UNFINISHED)) await rm(join(dataDir, name), { recursive: true, force: true });
  }
  if (await isMade(cluster)) return;
  const workshop = await mkdtemp(join(dataDir, UNFINISHED));
  const passwordFile = join(workshop, "password");
  await writeFile(passwordFile, parts.password, { mode: 0o600 });
  if (account.owner)
    for (const path of [workshop, passwordFile]) await chown(path, account.owner.uid, account.owner.gid);
  const half = join(workshop, "cluster");
  await runInitdb(parts.initdb, account, ["--pgdata", half, "--pwfile", passwordFile]);
  await rename(half, cluster);
  await rm(workshop, { recursive: true, force: true });
}

async function runInitdb(initdb: string, account: Account, where: readonly string[]): Promise<void> {
  // The C locale is there on every machine; comparing texts by bytes is all that Timbre needs.
  const how = ["--username", USER, "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale"];
  const child = account.spawn(initdb, [...how, ...where], { env: postgresEnv(), stdio: ["ignore", "pipe", "pipe"] });
  const said = Promise.all([child.stdout ? text(child.stdout) : "", child.stderr ? text(child.stderr) : ""]);
  const [code] = await once(child, "exit");
  if (code !== 0) throw new DatabaseError(`The database couldn't be made. PostgreSQL says:\n${(await said).join("")}`);
}

/** Our environment without what would change PostgreSQL's mind about where its data is and which language it speaks. */
export function postgresEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}

/**
 * The folder for the server's socket: the cluster itself, which nobody else may enter, or where that makes too long a
 * path, a new private one among the temporary files. Undefined on Windows.
 */
export async function socketDirectory(cluster: string, account: Account): Promise<string | undefined> {
  if (ON_WINDOWS) return undefined;
  if (Buffer.byteLength(join(cluster, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_BYTES) return cluster;
  const folder = await mkdtemp(join(tmpdir(), "timbre-"));
  if (account.owner) await chown(folder, account.owner.uid, account.owner.gid);
  return folder;
}

/** Writes the server's settings. It listens on its socket alone, or (Windows) on loopback. */
export async function writeSettings(cluster: string, socketDir: string | undefined, port: number): Promise<void> {
  // A list of folders inside a quoted text: two ways to quote at once.
  const folder = `"${socketDir?.replaceAll('"', '""')}"`.replaceAll("'", "''");
  const where = socketDir
    ? ["listen_addresses = ''", `unix_socket_directories = '${folder}'`, "unix_socket_permissions = 0700"]
    : ["listen_addresses = '127.0.0.1'"];
  const lines = [...where, `port = ${port}`, "max_connections = 100", "timezone = 'UTC'"];
  await writeFile(join(cluster, "postgresql.conf"), `# Written by Timbre at every start.\n${lines.join("\n")}\n`);
}

/** Makes the data folder. */
export async function makeDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
}

/** Whether there is a whole cluster. */
export function isMade(cluster: string): Promise<boolean> {
  return stat(join(cluster, "PG_VERSION")).then(
    () => true,
    () => false,
  );
}
