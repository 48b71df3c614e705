/** How the tables came to be, step by step. */

import { sql } from "kysely";
import type { Database } from "./database.ts";
import { DatabaseError } from "./errors.ts";

/** Plain SQL, in order. A step that has shipped is never changed: a new one goes to the end. */
const STEPS: readonly string[] = [
  `create table clips (
     id text primary key,
     status text not null check (status in ('waiting', 'done', 'failed')),
     reading jsonb,
     error_code text,
     error_parameters jsonb,
     created_at timestamptz not null,
     answered_at timestamptz,
     check ((status = 'done') = (reading is not null)),
     check ((status = 'failed') = (error_code is not null))
   );
   create index clips_created_at on clips (created_at);
   create table uploads (
     id text primary key,
     bytes bytea not null,
     created_at timestamptz not null
   );`,
];

/** Key of the advisory lock that lets one process at a time change the tables: "tmig" in ASCII. */
const MIGRATION_LOCK = 0x746d6967;

/**
 * Brings the tables up to date, all or nothing, one process at a time.
 * @throws DatabaseError when a newer Timbre has already changed them.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction().execute(async (step) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(step);
    await sql`create table if not exists schema_version (version int not null)`.execute(step);
    const { rows } = await sql<{ version: number }>`select version from schema_version`.execute(step);
    const version = rows[0]?.version ?? 0;
    if (version > STEPS.length) {
      throw new DatabaseError(
        `The database was last used by a newer Timbre (its tables are version ${version}, this one knows ${STEPS.length}). ` +
          "Start the newer one again, or give this one a database of its own.",
      );
    }
    for (const text of STEPS.slice(version)) await sql.raw(text).execute(step);
    await sql`delete from schema_version`.execute(step);
    await sql`insert into schema_version values (${STEPS.length})`.execute(step);
  });
}
