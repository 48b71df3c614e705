/** The connection to PostgreSQL, and what its tables look like. */

import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";

/** Table of clips: that something was asked for, and how it ended. */
interface ClipsTable {
  id: string;
  status: string;
  /** jsonb; written as text. */
  reading: unknown;
  error_code: string | null;
  /** jsonb; written as text. */
  error_parameters: unknown;
  created_at: Date;
  answered_at: Date | null;
}

/** Table of uploads that wait for a worker. */
interface UploadsTable {
  id: string;
  bytes: Uint8Array;
  created_at: Date;
}

/** All tables. */
export interface Tables {
  clips: ClipsTable;
  uploads: UploadsTable;
}

/** A typed connection to the tables. */
export type Database = Kysely<Tables>;

/** Connections that the store may hold; PostgreSQL allows 100 in all by default. */
const MAX_CONNECTIONS = 10;

/** Opens a pool of connections; the first is made with the first query. */
export function openDatabase(connectionString: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({ connectionString, max: MAX_CONNECTIONS });
  // A connection lost while idle is replaced with the next query.
  pool.on("error", onError);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
