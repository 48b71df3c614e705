/** Whose turn it is: numbers by which clips of many servers are taken fairly, whichever bot took them in. */

import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The turns. */
export interface Turns {
  /** The turn of a new clip of `who`, a server or a person. Clips are heard in the order of their turns. */
  next(who: string): Promise<number>;
  /** Notes that a clip of this turn is being heard. */
  reached(turn: number): Promise<void>;
}

/** The row that holds the latest turn whose clip was begun. */
const REACHED = "";

/**
 * The turns in a database. This is start-time fair queuing (Goyal, Vin, Cheng 1996) with clips of one size: a clip's
 * turn is one after the last of its server, or after the one being heard if that is later. So a server's hundred
 * clips get the next hundred turns, another's one clip the very next, and nobody waits for ever.
 */
export function turnsIn(database: Database): Turns {
  const reached = sql<string>`coalesce((select turn from turns where who = ${REACHED}), 0)`;
  return {
    async next(who) {
      const { turn } = await database
        .insertInto("turns")
        .values({ who, turn: sql<string>`${reached} + 1` })
        .onConflict((conflict) =>
          conflict.column("who").doUpdateSet({ turn: sql<string>`greatest(turns.turn, ${reached}) + 1` }),
        )
        .returning("turn")
        .executeTakeFirstOrThrow();
      return Number(turn);
    },
    async reached(turn) {
      await database
        .insertInto("turns")
        .values({ who: REACHED, turn: String(turn) })
        .onConflict((conflict) =>
          conflict.column("who").doUpdateSet({ turn: sql<string>`greatest(turns.turn, excluded.turn)` }),
        )
        .execute();
      // Who has no clip waiting any more is as good as new.
      await database.deleteFrom("turns").where("who", "<>", REACHED).where("turn", "<=", String(turn)).execute();
    },
  };
}
