/** How clips end, in figures, for whoever looks after Timbre. */

import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A reason why clips couldn't be read. */
export interface Failure {
  /** A `UserError`'s code. */
  readonly code: string;
  readonly count: number;
  readonly lastAt: Date;
}

/** The figures. Clips count by when they were asked for. */
export interface Outcomes {
  /** Clips with a reading since each of the dates. */
  readSince(dates: readonly Date[]): Promise<readonly number[]>;
  /** Why clips since `date` couldn't be read, the most frequent reason first. */
  failuresSince(date: Date): Promise<readonly Failure[]>;
}

/** The figures of a database; `now` tells the time. */
export function outcomesIn(database: Database, now: () => Date): Outcomes {
  return {
    async readSince(dates) {
      const earliest = new Date(Math.min(now().getTime(), ...dates.map((date) => date.getTime())));
      const counts = dates.map((date) => sql<string>`count(*) filter (where created_at >= ${date}::timestamptz)`);
      const { rows } = await sql<{ counts: string[] }>`
        select array[${sql.join(counts)}] as counts from clips
        where status = 'done' and created_at >= ${earliest}::timestamptz`.execute(database);
      return (rows[0]?.counts ?? []).map(Number);
    },
    async failuresSince(date) {
      const rows = await database
        .selectFrom("clips")
        .select(({ fn }) => [
          "error_code as code",
          fn.countAll<string>().as("count"),
          fn.max<Date>("created_at").as("lastAt"),
        ])
        .where("status", "=", "failed")
        .where("created_at", ">=", date)
        .groupBy("error_code")
        .orderBy("count", "desc")
        .execute();
      return rows.map(({ code, count, lastAt }) => ({ code: code ?? "", count: Number(count), lastAt }));
    },
  };
}
