/** `timbre export`, `timbre import` and `timbre purge`: backups, moves between embedded and servers, and farewells. */

import type { Config } from "../config.ts";
import { type PendingClip, pendingClips, restoreClips } from "../jobs/transfer.ts";
import { exportTables, importTables, type TransferStep, tablesVersion } from "../store/index.ts";
import { type Installation, withInstallation } from "./database.ts";
import { readTransfer, TransferError, type TransferLine, writeTransfer } from "./transfer-file.ts";

/** Writes everything into a file. Timbre mustn't run meanwhile, or what happens then is missing. */
export async function exportTo(path: string, config: Config): Promise<void> {
  const counted = { rows: 0, clips: 0 };
  await withInstallation(config, (installation) => writeTransfer(path, everything(installation, counted)));
  console.log(
    `${counted.rows} rows and ${counted.clips} waiting clips are in ${path}. Keep it safe: it is about people.`,
  );
}

async function* everything(
  { connectionString, backend }: Installation,
  counted: { rows: number; clips: number },
): AsyncGenerator<TransferLine, void> {
  yield { timbreExport: 1, tables: await tablesVersion(connectionString) };
  for await (const step of exportTables(connectionString)) {
    if ("row" in step) {
      counted.rows += 1;
      yield { row: [...step.row] };
    } else yield { table: step.table, columns: [...step.columns] };
  }
  for await (const clip of pendingClips(backend)) {
    counted.clips += 1;
    yield { clip };
  }
  yield { end: counted };
}

/** Puts a file's content into an empty installation, all or nothing. */
export async function importFrom(path: string, config: Config): Promise<void> {
  await withInstallation(config, async ({ connectionString, backend }) => {
    const clips: PendingClip[] = [];
    const rows = await importTables(connectionString, rowsOf(path, await tablesVersion(connectionString), clips));
    await restoreClips(backend, clips);
    console.log(`${rows} rows and ${clips.length} waiting clips were imported.`);
  });
}

/** The rows of a file; clips are put aside until the rows are in. */
async function* rowsOf(path: string, tables: number, clips: PendingClip[]): AsyncGenerator<TransferStep, void> {
  for await (const line of readTransfer(path)) {
    if ("timbreExport" in line && line.tables !== tables)
      throw new TransferError(
        `${path} was made by another version of Timbre (its tables are version ${line.tables}, these are ${tables}). Use the same version for both.`,
      );
    if ("clip" in line) clips.push(line.clip);
    if ("table" in line || "row" in line) yield line;
  }
}

/** Deletes all that is kept about one server. */
export async function purge(guildId: string, config: Config): Promise<void> {
  await withInstallation(config, async ({ store }) => {
    console.log(`${await store.guilds.purge(guildId)} rows about the server ${guildId} are deleted.`);
  });
}
