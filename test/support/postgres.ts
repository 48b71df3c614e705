/** An embedded PostgreSQL for one test file, with a fresh database for each test that wants one. */

import { chmodSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../../src/store/index.ts";
import { temporaryFolder } from "./temporary.ts";

/** Where tests get databases from. */
export interface TestDatabases {
  /** Makes an empty database and returns how to connect to it. */
  createDatabase(): Promise<string>;
}

/** A server for tests. */
export interface TestPostgres extends TestDatabases {
  stop(): Promise<void>;
}

/** Starts a server in a temporary folder. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = temporaryFolder();
  // As root, the server runs as another user, who has to get through.
  chmodSync(folder.path, 0o711);
  const server = await startEmbeddedPostgres(folder.path);
  let count = 0;
  return {
    async createDatabase() {
      const name = `test_${++count}`;
      await query(server.connectionString, `create database ${name}`);
      const address = server.connectionString.replace("/timbre?", `/${name}?`);
      return address;
    },
    async stop() {
      await server.stop();
      await folder.remove();
    },
  };
}

/** The process of the embedded server of a data folder. */
export async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10);
}

/** Asks one question on a connection of its own. */
export async function query(connectionString: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connectionString);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}
