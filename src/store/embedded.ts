/** A PostgreSQL server of our own, in the data folder, for this machine alone. */

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open, readFile, realpath, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type Account, chooseAccount } from "./embedded/account.ts";
import { findBinaries, type PostgresBinaries } from "./embedded/binaries.ts";
import * as clusters from "./embedded/cluster.ts";
import { findPostmaster, forgetDeadPostmaster, type Postmaster } from "./embedded/postmaster-file.ts";
import { DatabaseError } from "./errors.ts";

/** The running server. */
export interface EmbeddedPostgres {
  /** How pg, Kysely and BullMQ connect to Timbre's database. */
  readonly connectionString: string;
  /** Stops the server after a checkpoint; connections still open are cut. */
  stop(): Promise<void>;
}

const DATABASE = "timbre";
const PASSWORD_FILE = "postgres.password";
/** Key of the advisory lock that says which process owns the data folder: "timb" in ASCII. */
const OWNER_LOCK = 0x74696d62;
/** A server that was killed replays its log before it answers; that takes seconds, not minutes. */
const START_LIMIT_MS = 60_000;
/** The server needs a moment to notice that a killed owner is gone. */
const OWNER_GRACE_MS = 3000;
const POLL_MS = 50;
/** How often (ms) a server that doesn't come back is tried again. */
const REVIVE_EVERY_MS = 1000;

/**
 * Starts the server of a data folder, making it on first use. One that outlived a killed Timbre is taken over.
 * @throws DatabaseError when another Timbre uses the folder, or when PostgreSQL can't run here.
 */
export async function startEmbeddedPostgres(givenDataDir: string): Promise<EmbeddedPostgres> {
  await clusters.makeDataDir(givenDataDir);
  const dataDir = await realpath(givenDataDir);
  const cluster = join(dataDir, "postgres");
  const binaries = findBinaries();
  const account = await chooseAccount([dirname(binaries.postgres), dataDir]);
  const password = await clusters.keepPassword(join(dataDir, PASSWORD_FILE));
  const server: Server = { dataDir, cluster, binaries, account, password };
  const first = await connectAsOwner(server);
  let { owner, postmaster } = first;
  let isStopping = false;
  let revival = Promise.resolve();
  const stopAtExit = () => interrupt(postmaster.pid);
  process.once("exit", stopAtExit);
  try {
    await ensureDatabase(owner);
  } catch (error) {
    await owner.end();
    throw error;
  }
  // A server that was killed (out of memory, by mistake) is started again where it was, for as long as we run.
  const place = { host: postmaster.host, port: postmaster.port };
  const revive = async () => {
    while (!isStopping) {
      try {
        ({ owner, postmaster } = await connectAsOwner({ ...server, place }));
        owner.once("end", onEnd);
        return;
      } catch {
        await delay(REVIVE_EVERY_MS);
      }
    }
  };
  const onEnd = () => {
    if (!isStopping) revival = revive();
  };
  owner.once("end", onEnd);
  return {
    connectionString: connectionString(postmaster, password, DATABASE),
    async stop() {
      isStopping = true;
      process.off("exit", stopAtExit);
      await revival;
      await stopServer(server);
      await owner.end().catch(() => undefined);
      if (postmaster.host !== cluster && !clusters.ON_WINDOWS)
        await rm(postmaster.host, { recursive: true, force: true });
    },
  };
}

/** The server of a data folder, as it is: not made yet, not running, or running and reachable. */
export type EmbeddedState =
  | { readonly state: "new" | "stopped" }
  | { readonly state: "running"; readonly connectionString: string };

/**
 * Finds out how the server of a data folder is, and changes nothing.
 * @throws DatabaseError when there are no programs for this computer.
 */
export async function findEmbeddedPostgres(dataDir: string): Promise<EmbeddedState> {
  findBinaries();
  const cluster = join(await realpath(dataDir).catch(() => dataDir), "postgres");
  if (!(await clusters.isMade(cluster))) return { state: "new" };
  const postmaster = await findPostmaster(cluster);
  if (!postmaster) return { state: "stopped" };
  const password = await readFile(join(dataDir, PASSWORD_FILE), "utf8");
  return { state: "running", connectionString: connectionString(postmaster, password, DATABASE) };
}

interface Server {
  readonly dataDir: string;
  readonly cluster: string;
  readonly binaries: PostgresBinaries;
  readonly account: Account;
  readonly password: string;
  /** Where its clients look for it, if it has run before. */
  readonly place?: { readonly host: string; readonly port: number };
}

/** A connection that holds the lock on the data folder for as long as it is open: a kill -9 closes it as well. */
async function connectAsOwner(server: Server): Promise<{ owner: pg.Client; postmaster: Postmaster }> {
  const running = await findPostmaster(server.cluster);
  const child = running ? undefined : await spawnServer(server);
  const { client: owner, postmaster } = await connect(server, child);
  // A lost connection surfaces in everybody's next query; this one has nothing to add.
  owner.on("error", () => undefined);
  for (const until = Date.now() + OWNER_GRACE_MS; ; await delay(POLL_MS)) {
    const { rows } = await owner.query("select pg_try_advisory_lock($1) as held", [OWNER_LOCK]);
    if (rows[0]?.held === true) return { owner, postmaster };
    if (Date.now() > until) break;
  }
  await owner.end();
  throw new DatabaseError(
    `Another Timbre already runs on ${server.dataDir}. Stop it first, or give this one a folder of its own (TIMBRE_DATA).`,
  );
}

async function spawnServer(server: Server): Promise<ChildProcess> {
  const { cluster, account, binaries, dataDir, password } = server;
  await clusters.ensureCluster(cluster, { dataDir, initdb: binaries.initdb, account, password });
  await forgetDeadPostmaster(cluster);
  const socketDir = clusters.ON_WINDOWS
    ? undefined
    : (server.place?.host ?? (await clusters.socketDirectory(cluster, account)));
  const port = server.place?.port ?? (socketDir ? clusters.SOCKET_PORT : await freePort());
  await clusters.writeSettings(cluster, socketDir, port);
  const log = await open(join(dataDir, "postgres.log"), "w", 0o600);
  try {
    // Detached, or Ctrl+C in a terminal would stop it before those who still write to it.
    const child = account.spawn(binaries.postgres, ["-D", cluster], {
      env: clusters.postgresEnv(),
      stdio: ["ignore", log.fd, log.fd],
      detached: true,
    });
    child.unref();
    child.on("error", () => undefined);
    return child;
  } finally {
    await log.close();
  }
}

/** Connects as soon as the server answers. */
async function connect(
  server: Server,
  child: ChildProcess | undefined,
): Promise<{ client: pg.Client; postmaster: Postmaster }> {
  let lastError: unknown;
  for (const until = Date.now() + START_LIMIT_MS; Date.now() < until; await delay(POLL_MS)) {
    const postmaster = await findPostmaster(server.cluster);
    if (postmaster) {
      const client = new pg.Client(connectionString(postmaster, server.password, "postgres"));
      try {
        await client.connect();
        return { client, postmaster };
      } catch (error) {
        lastError = error;
        await client.end().catch(() => undefined);
        if (error instanceof pg.DatabaseError && error.code === "28P01") break;
      }
    } else if (!child || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      break;
    }
  }
  const log = await readFile(join(server.dataDir, "postgres.log"), "utf8").catch(() => "");
  const words = lastError instanceof Error ? lastError.message : log.trim().split("\n").slice(-5).join("\n");
  throw new DatabaseError(`The database in ${server.cluster} doesn't start. PostgreSQL says:\n${words}`, {
    cause: lastError,
  });
}

async function ensureDatabase(owner: pg.Client): Promise<void> {
  const { rowCount } = await owner.query("select from pg_database where datname = $1", [DATABASE]);
  if (rowCount === 0) await owner.query(`create database ${DATABASE}`);
}

/** Stops the server by PostgreSQL's own program, which knows how on every system. */
async function stopServer({ account, binaries, cluster }: Server): Promise<void> {
  const args = ["stop", "--pgdata", cluster, "--mode", "fast", "--wait", "--silent"];
  const child = account.spawn(binaries.pgCtl, args, { env: clusters.postgresEnv(), stdio: "ignore" });
  const [code] = await once(child, "exit");
  if (code !== 0 && (await findPostmaster(cluster))) {
    throw new DatabaseError(`The database in ${cluster} doesn't stop.`);
  }
}

/** Asks a process to end, if it is still there. */
function interrupt(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It ended before us.
  }
}

function connectionString({ host, port }: Postmaster, password: string, database: string): string {
  const where = new URLSearchParams({ host, port: String(port) });
  return `postgresql://${clusters.USER}:${password}@/${database}?${where}`;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : clusters.SOCKET_PORT;
}
