/** How often something may be done, counted where any number of bots see it. */

import { sql } from "kysely";
import type { Database } from "./database.ts";

/** So many at once, and as many again spread over `perMs`. */
export interface Rate {
  /** Who or what is counted. */
  readonly key: string;
  readonly count: number;
  readonly perMs: number;
}

/** A rate that is used up. */
export interface Exceeded {
  readonly key: string;
  /** When the next one is free. */
  readonly freeAt: Date;
}

/** The rates. */
export interface Rates {
  /** Takes one of each rate, or none of any when one is used up, and says which and until when. */
  take(rates: readonly Rate[]): Promise<Exceeded | undefined>;
  /** Forgets those that are whole again, and says how many. */
  deleteWhole(): Promise<number>;
}

/**
 * The rates in a database; `now` tells the time. One row a key holds when it will be whole again, which is all that
 * the generic cell rate algorithm needs (ITU-T I.371, its "theoretical arrival time"): each take moves it on by
 * `perMs / count`, and is refused where that would be more than `perMs` ahead.
 */
export function ratesIn(database: Database, now: () => Date): Rates {
  return {
    async take(rates) {
      try {
        await database.transaction().execute(async (step) => {
          for (const rate of rates) await takeOne(step, rate, now());
        });
        return undefined;
      } catch (error) {
        // Thrown, so that what was taken before is given back.
        if (error instanceof UsedUp) return error.exceeded;
        throw error;
      }
    },
    async deleteWhole() {
      const { numDeletedRows } = await database
        .deleteFrom("rates")
        .where("whole_at", "<=", now())
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

class UsedUp extends Error {
  readonly exceeded: Exceeded;

  constructor(exceeded: Exceeded) {
    super(`${exceeded.key} is used up`);
    this.exceeded = exceeded;
  }
}

async function takeOne(database: Database, { key, count, perMs }: Rate, at: Date): Promise<void> {
  const stepMs = perMs / count;
  const moved = sql<Date>`greatest(rates.whole_at, ${at}::timestamptz) + ${stepMs} * interval '1 millisecond'`;
  const latest = new Date(at.getTime() + perMs);
  const row = await database
    .insertInto("rates")
    .values({ key, whole_at: new Date(at.getTime() + stepMs) })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ whole_at: moved }).where(moved, "<=", latest))
    .returning("whole_at")
    .executeTakeFirst();
  if (row) return;
  const { whole_at } = await database
    .selectFrom("rates")
    .select("whole_at")
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  throw new UsedUp({ key, freeAt: new Date(whole_at.getTime() + stepMs - perMs) });
}
