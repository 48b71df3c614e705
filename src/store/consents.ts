/** What people let Timbre do with their voices. */

import type { Database } from "./database.ts";
import { leaveOut } from "./live-changes.ts";

/** One person's choice. */
export interface Consent {
  /** Whether Timbre may listen to them unasked: live, and in channels that it reads by itself. Never without a yes. */
  readonly live: boolean;
  /** Whether nobody may have their voice analysed at all. */
  readonly optedOut: boolean;
  /** When they last chose; null while they never did. */
  readonly changedAt: Date | null;
}

/** A new choice; the two exclude each other, so there are three of them. */
export type Choice = "live" | "asked" | "nothing";

/** People's choices. */
export interface Consents {
  /** A person's choice; until they make one, they can be analysed when somebody asks, and not live. */
  of(userId: string): Promise<Consent>;
  /**
   * Makes a choice: to be analysed live as well, only when somebody asks, or not at all. Whoever doesn't choose "live"
   * is left out of the live sessions that run, in the same moment.
   */
  choose(userId: string, choice: Choice): Promise<Consent>;
}

/** The choices in a database; `now` tells the time. */
export function consentsIn(database: Database, now: () => Date): Consents {
  return {
    async of(userId) {
      const row = await database.selectFrom("consents").selectAll().where("user_id", "=", userId).executeTakeFirst();
      return { live: row?.live ?? false, optedOut: row?.opted_out ?? false, changedAt: row?.changed_at ?? null };
    },
    async choose(userId, choice) {
      const chosen = { live: choice === "live", opted_out: choice === "nothing", changed_at: now() };
      await database.transaction().execute(async (step) => {
        await step
          .insertInto("consents")
          .values({ user_id: userId, ...chosen })
          .onConflict((conflict) => conflict.column("user_id").doUpdateSet(chosen))
          .execute();
        if (!chosen.live) await leaveOut(step, { userId }, chosen.changed_at);
      });
      return { live: chosen.live, optedOut: chosen.opted_out, changedAt: chosen.changed_at };
    },
  };
}
