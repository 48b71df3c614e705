/** Clips and what was heard in them. */

import { sql } from "kysely";
import type { UserError } from "../errors.ts";
import type { Attribution } from "../jobs/clip-job.ts";
import type { Reading } from "../ser/index.ts";
import { forgetInChanges, insertChange, readingChange } from "./changes.ts";
import { attributionOf, attributionRow, FORGOTTEN, type StoredClip, storedClip } from "./clip-row.ts";
import type { Database } from "./database.ts";
import { DEFAULT_RETENTION_DAYS } from "./guild-settings.ts";

/** The clips. A clip's first outcome stays: saving another one later changes nothing. */
export interface Clips {
  /** Notes that a clip is asked for, and by whom. Doing it again changes nothing. */
  accept(id: string, attribution?: Attribution): Promise<void>;
  /** Keeps what was heard; where the clip belongs to a server, it is an event (see `Changes`). */
  saveReading(id: string, reading: Reading): Promise<void>;
  saveError(id: string, error: UserError): Promise<void>;
  /** Notes that the person who asked has the answer. */
  markAnswered(id: string): Promise<void>;
  find(id: string): Promise<StoredClip | undefined>;
  /** The latest clip with a reading of this attachment. */
  findByAttachment(attachmentId: string): Promise<StoredClip | undefined>;
  /** Forgets a clip, its correction with it; one under way leaves no reading. False when it isn't there. */
  forget(id: string): Promise<boolean>;
  /** Deletes the clips that their server, or the default, doesn't want kept any longer, and says how many. */
  deleteExpired(): Promise<number>;
}

/** So long (minutes) after it was asked for, a clip may still be under way, or its job be repeated. */
const UNDER_WAY_MINUTES = 60;

/** The clips of a database; `now` tells the time. */
export function clipsIn(database: Database, now: () => Date): Clips {
  const waiting = (id: string, step = database) =>
    step.updateTable("clips").where("id", "=", id).where("status", "=", "waiting");
  return {
    async accept(id, attribution) {
      const clip = { id, status: "waiting", created_at: now(), ...attributionRow(attribution) };
      await database
        .insertInto("clips")
        .values({ ...clip, reading: null, error_code: null, error_parameters: null, answered_at: null })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    },
    saveReading(id, reading) {
      return database.transaction().execute(async (step) => {
        const row = await waiting(id, step)
          .set({ status: "done", reading: JSON.stringify(reading) })
          .returningAll()
          .executeTakeFirst();
        const change = row && readingChange(id, attributionOf(row), reading);
        if (change) await insertChange(step, change, now());
      });
    },
    async saveError(id, { code, parameters }) {
      await waiting(id)
        .set({ status: "failed", error_code: code, error_parameters: JSON.stringify(parameters) })
        .execute();
    },
    async markAnswered(id) {
      await database
        .updateTable("clips")
        .set({ answered_at: now() })
        .where("id", "=", id)
        .where("answered_at", "is", null)
        .execute();
    },
    async find(id) {
      const row = await database.selectFrom("clips").selectAll().where("id", "=", id).executeTakeFirst();
      return row && storedClip(row);
    },
    async findByAttachment(attachmentId) {
      const row = await database
        .selectFrom("clips")
        .selectAll()
        .where("attachment_id", "=", attachmentId)
        .where("status", "=", "done")
        .orderBy("created_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && storedClip(row);
    },
    forget(id) {
      return database.transaction().execute(async (step) => {
        const { numUpdatedRows } = await step
          .updateTable("clips")
          .set(FORGOTTEN)
          .where("id", "=", id)
          .where("status", "<>", "forgotten")
          .executeTakeFirstOrThrow();
        await step.deleteFrom("corrections").where("clip_id", "=", id).execute();
        await forgetInChanges(step, { clipId: id });
        return numUpdatedRows > 0n;
      });
    },
    async deleteExpired() {
      const at = now();
      const { numAffectedRows } = await sql`
        delete from clips where
          created_at < ${at}::timestamptz - ${UNDER_WAY_MINUTES} * interval '1 minute'
          and (status = 'forgotten' or created_at <= ${at}::timestamptz - interval '1 day' * coalesce(
            (select retention_days from guild_settings where guild_settings.guild_id = clips.guild_id),
            ${DEFAULT_RETENTION_DAYS}))`.execute(database);
      return Number(numAffectedRows ?? 0n);
    },
  };
}
