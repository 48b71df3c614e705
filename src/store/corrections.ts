/**
 * What subjects say their clips really are. Evaluation data, given by the subject, never used for training; it goes
 * with its clip.
 */

import type { Selectable } from "kysely";
import type { Database, Tables } from "./database.ts";

/** One correction. */
export interface Correction {
  readonly clipId: string;
  readonly subjectId: string;
  /** The emotion that the subject names. */
  readonly label: string;
  readonly createdAt: Date;
}

/** The corrections; a clip has one at most. */
export interface Corrections {
  /**
   * Keeps a correction, in place of an earlier one of the same clip. False when the clip is no longer kept or
   * another person's: then nothing is.
   */
  save(clipId: string, subjectId: string, label: string): Promise<boolean>;
  find(clipId: string): Promise<Correction | undefined>;
  /** Those that a person made, the oldest first. */
  ofSubject(subjectId: string): Promise<readonly Correction[]>;
}

/** The corrections in a database; `now` tells the time. */
export function correctionsIn(database: Database, now: () => Date): Corrections {
  const all = () => database.selectFrom("corrections").selectAll();
  return {
    save(clipId, subjectId, label) {
      return database.transaction().execute(async (step) => {
        const clip = await step
          .selectFrom("clips")
          .select("id")
          .where("id", "=", clipId)
          .where("subject_id", "=", subjectId)
          .where("status", "=", "done")
          // Else the clip could be forgotten in between.
          .forUpdate()
          .executeTakeFirst();
        if (!clip) return false;
        const correction = { subject_id: subjectId, label, created_at: now() };
        await step
          .insertInto("corrections")
          .values({ clip_id: clipId, ...correction })
          .onConflict((conflict) => conflict.column("clip_id").doUpdateSet(correction))
          .execute();
        return true;
      });
    },
    async find(clipId) {
      const row = await all().where("clip_id", "=", clipId).executeTakeFirst();
      return row && correctionOf(row);
    },
    async ofSubject(subjectId) {
      const rows = await all().where("subject_id", "=", subjectId).orderBy("created_at").execute();
      return rows.map(correctionOf);
    },
  };
}

function correctionOf({ clip_id, subject_id, label, created_at }: Selectable<Tables["corrections"]>): Correction {
  return { clipId: clip_id, subjectId: subject_id, label, createdAt: created_at };
}
