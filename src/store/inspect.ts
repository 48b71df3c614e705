/** Looks at a database without changing anything, for `timbre doctor`. */

import pg from "pg";
import { DatabaseError } from "./errors.ts";
import { refuseNewer } from "./migrations.ts";

/** What was found. */
export interface DatabaseInspection {
  /** PostgreSQL's version, e.g. `18.4`. */
  readonly server: string;
  /** Version of the tables; 0 before the first start. */
  readonly tables: number;
}

/** How long a server may take to answer, in ms. */
const PATIENCE_MS = 5000;

/** Looks at a database. @throws DatabaseError when it can't be reached, or was last used by a newer Timbre. */
export async function inspectDatabase(connectionString: string): Promise<DatabaseInspection> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    const { rows: servers } = await client.query("show server_version");
    const { rows: found } = await client.query("select to_regclass('schema_version') is not null as made");
    const { rows: versions } = found[0]?.made ? await client.query("select version from schema_version") : { rows: [] };
    const tables = Number(versions[0]?.version ?? 0);
    refuseNewer(tables);
    return { server: String(servers[0]?.server_version).split(" ")[0] ?? "", tables };
  } catch (cause) {
    if (cause instanceof DatabaseError) throw cause;
    throw new DatabaseError(`It can't be reached: ${cause instanceof Error ? cause.message : cause}.`, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}
