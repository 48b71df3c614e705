/** Forgets a server, as if Timbre had never been there. */

import { sql } from "kysely";
import { FORGOTTEN } from "./clip-row.ts";
import type { Database } from "./database.ts";

/**
 * Deletes every row that names the server, in whichever table, and says how many. Clips leave their bare ids until the
 * upkeep takes them, so that a job under way isn't done again.
 */
export function purgeGuild(database: Database, guildId: string): Promise<number> {
  return database.transaction().execute(async (step) => {
    const mine = step.selectFrom("clips").select("id").where("guild_id", "=", guildId);
    await step.deleteFrom("corrections").where("clip_id", "in", mine).execute();
    const { numUpdatedRows } = await step
      .updateTable("clips")
      .set(FORGOTTEN)
      .where("guild_id", "=", guildId)
      .executeTakeFirstOrThrow();
    let count = Number(numUpdatedRows);
    // Found in the catalogue, so that no table is forgotten when a new one comes.
    const { rows } = await sql<{ name: string }>`
      select c.table_name as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = current_schema() and c.column_name = 'guild_id' and t.table_type = 'BASE TABLE'
      order by c.table_name`.execute(step);
    for (const { name } of rows) {
      const { numAffectedRows } = await sql`delete from ${sql.table(name)} where guild_id = ${guildId}`.execute(step);
      count += Number(numAffectedRows ?? 0n);
    }
    const who = `server-${guildId}`;
    await step.deleteFrom("rates").where("key", "=", who).execute();
    await step.deleteFrom("turns").where("who", "=", who).execute();
    return count;
  });
}
