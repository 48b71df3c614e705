/**
 * Clips that somebody was promised an answer for, written down beside a queue that can forget: a Redis may come back
 * empty. Where the queue is in PostgreSQL too, its own rows are as good, and this stays empty.
 */

import { type ClipJob, clipJob, type NewClipJob } from "../jobs/clip-job.ts";
import type { Database } from "./database.ts";

/** A clip that isn't done yet, as far as is known. */
export interface PromisedClip {
  readonly id: string;
  readonly job: ClipJob;
}

/** The promises. */
export interface Outbox {
  /** Notes a promise; again changes nothing. */
  keep(id: string, job: NewClipJob): Promise<void>;
  /** Notes that a promise is kept, or was never made. */
  done(id: string): Promise<void>;
  /** The promises that were made before `date`, the oldest first, at most a hundred. */
  madeBefore(date: Date): Promise<readonly PromisedClip[]>;
  /** Forgets the promises that were made before `date`: nobody waits for them any more. */
  deleteBefore(date: Date): Promise<void>;
}

const PAGE = 100;

/** The promises in a database; `now` tells the time. */
export function outboxIn(database: Database, now: () => Date): Outbox {
  return {
    async keep(id, job) {
      await database
        .insertInto("promised_clips")
        .values({ id, job: JSON.stringify(job), made_at: now() })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    },
    async done(id) {
      await database.deleteFrom("promised_clips").where("id", "=", id).execute();
    },
    async madeBefore(date) {
      const rows = await database
        .selectFrom("promised_clips")
        .select(["id", "job"])
        .where("made_at", "<", date)
        .orderBy("made_at")
        .limit(PAGE)
        .execute();
      return rows.map(({ id, job }) => ({ id, job: clipJob.parse(job) }));
    },
    async deleteBefore(date) {
      await database.deleteFrom("promised_clips").where("made_at", "<", date).execute();
    },
  };
}
