/**
 * Takes everything out of one database and puts it into another. Values travel as PostgreSQL writes them, so nothing is
 * rounded or reinterpreted on the way; tables are found in the catalogue, so none is forgotten when a new one comes.
 */

import pg from "pg";
import { DatabaseError } from "./errors.ts";

/** One step of a transfer: from here on rows of this table, or one row of it. */
export type TransferStep =
  | { readonly table: string; readonly columns: readonly string[] }
  /** Values as text, in the columns' order. */
  | { readonly row: readonly (string | null)[] };

/** Rows that are read at once; a row of `uploads` can hold a hundred megabytes. */
const PAGE = 20;
/** Says how new the tables are, and isn't data. */
const VERSION_TABLE = "schema_version";

/** The version of a database's tables. */
export async function tablesVersion(connectionString: string): Promise<number> {
  return withClient(connectionString, async (client) => {
    const { rows } = await client.query<{ version: number }>(`select version from ${VERSION_TABLE}`);
    return rows[0]?.version ?? 0;
  });
}

/** Every row of every table, as of one moment; those that others refer to come first. */
export async function* exportTables(connectionString: string): AsyncGenerator<TransferStep, void> {
  const client = new pg.Client(connectionString);
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    for (const table of await tablesInOrder(client)) {
      const columns = await columnsOf(client, table);
      yield { table, columns };
      const texts = columns.map((column) => `${client.escapeIdentifier(column)}::text`);
      await client.query(
        `declare rows no scroll cursor for select array[${texts.join(", ")}] as row from ${client.escapeIdentifier(table)}`,
      );
      for (;;) {
        const { rows } = await client.query<{ row: (string | null)[] }>(`fetch ${PAGE} from rows`);
        if (rows.length === 0) break;
        yield* rows;
      }
      await client.query("close rows");
    }
    await client.query("commit");
  } finally {
    await client.end();
  }
}

/**
 * Puts rows into the tables of an empty database, all or none, and says how many.
 * @throws DatabaseError when the database holds something already, or a table or column isn't known.
 */
export async function importTables(connectionString: string, steps: AsyncIterable<TransferStep>): Promise<number> {
  return withClient(connectionString, async (client) => {
    await client.query("begin");
    const tables = await tablesInOrder(client);
    await refuseFull(client, tables);
    // What triggers once made of the rows is among the rows.
    await switchTriggers(client, tables, "disable");
    let insert = "";
    let count = 0;
    for await (const step of steps) {
      if ("table" in step) {
        const known = tables.includes(step.table) ? await columnsOf(client, step.table) : [];
        const unknown = step.columns.find((column) => !known.includes(column));
        if (unknown !== undefined || step.columns.length === 0)
          throw new DatabaseError(`This Timbre has no table "${step.table}" with a column "${unknown ?? ""}".`);
        const names = step.columns.map((column) => client.escapeIdentifier(column));
        const values = names.map((_, i) => `$${i + 1}`);
        insert = `insert into ${client.escapeIdentifier(step.table)} (${names.join(", ")})
          overriding system value values (${values.join(", ")})`;
      } else {
        await client.query(insert, [...step.row]);
        count += 1;
      }
    }
    for (const table of tables) await continueNumbers(client, table);
    await switchTriggers(client, tables, "enable");
    await client.query("commit");
    return count;
  });
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionString);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Our tables, each after those that it refers to. */
async function tablesInOrder(client: pg.Client): Promise<readonly string[]> {
  const { rows: found } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
     order by relname`,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select distinct f.relname as from, t.relname as to from pg_constraint c
     join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
     where c.contype = 'f' and f.oid <> t.oid`,
  );
  const ordered: string[] = [];
  const visit = (name: string) => {
    if (ordered.includes(name)) return;
    for (const { from, to } of references) if (from === name) visit(to);
    ordered.push(name);
  };
  for (const { name } of found) if (name !== VERSION_TABLE) visit(name);
  return ordered;
}

async function columnsOf(client: pg.Client, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [client.escapeIdentifier(table)],
  );
  return rows.map(({ name }) => name);
}

async function refuseFull(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rowCount } = await client.query(`select from ${client.escapeIdentifier(table)} limit 1`);
    if (rowCount !== 0)
      throw new DatabaseError(`The database isn't empty: "${table}" has rows. Import into one that was never used.`);
  }
}

/** Our own triggers; those by which PostgreSQL keeps references true stay as they are. */
async function switchTriggers(
  client: pg.Client,
  tables: readonly string[],
  state: "enable" | "disable",
): Promise<void> {
  for (const table of tables) await client.query(`alter table ${client.escapeIdentifier(table)} ${state} trigger user`);
}

/** Lets numbers that a table gives out by itself go on after the highest that it holds. */
async function continueNumbers(client: pg.Client, table: string): Promise<void> {
  const name = client.escapeIdentifier(table);
  const { rows } = await client.query<{ column: string }>(
    "select attname as column from pg_attribute where attrelid = $1::regclass and attidentity <> ''",
    [name],
  );
  for (const { column } of rows) {
    const highest = `max(${client.escapeIdentifier(column)})`;
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(${highest}, 1), ${highest} is not null) from ${name}`,
      [name, column],
    );
  }
}
