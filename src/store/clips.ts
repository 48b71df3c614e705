/** Clips and what was heard in them. */

import { z } from "zod";
import { isUserErrorCode, UserError } from "../errors.ts";
import type { Reading } from "../ser/index.ts";
import type { Database } from "./database.ts";
import { readingSchema } from "./reading-schema.ts";

/** A clip as it is stored. */
export interface StoredClip {
  readonly id: string;
  readonly status: "waiting" | "done" | "failed";
  /** There exactly when the status is `done`. */
  readonly reading: Reading | null;
  /** Why the clip failed; there exactly when the status is `failed`. */
  readonly error: UserError | null;
  readonly createdAt: Date;
  /** When the person who asked got the answer; null before, and where nobody waits for one. */
  readonly answeredAt: Date | null;
}

/** The clips. A clip's first outcome stays: saving another one later changes nothing. */
export interface Clips {
  /** Notes that a clip is asked for. Doing it again changes nothing. */
  accept(id: string): Promise<void>;
  saveReading(id: string, reading: Reading): Promise<void>;
  saveError(id: string, error: UserError): Promise<void>;
  /** Notes that the person who asked has the answer. */
  markAnswered(id: string): Promise<void>;
  find(id: string): Promise<StoredClip | undefined>;
  /** Deletes the clips asked for before `date`, and says how many. */
  deleteOlderThan(date: Date): Promise<number>;
}

const storedStatus = z.enum(["waiting", "done", "failed"]);
const storedParameters = z.record(z.string(), z.union([z.string(), z.number()])).nullable();

/** The clips of a database; `now` tells the time. */
export function clipsIn(database: Database, now: () => Date): Clips {
  const waiting = (id: string) => database.updateTable("clips").where("id", "=", id).where("status", "=", "waiting");
  return {
    async accept(id) {
      const clip = { id, status: "waiting", created_at: now() };
      await database
        .insertInto("clips")
        .values({ ...clip, reading: null, error_code: null, error_parameters: null, answered_at: null })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    },
    async saveReading(id, reading) {
      await waiting(id)
        .set({ status: "done", reading: JSON.stringify(reading) })
        .execute();
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
      if (!row) return undefined;
      return {
        id,
        status: storedStatus.parse(row.status),
        reading: readingSchema.nullable().parse(row.reading),
        error: row.error_code === null ? null : revive(row.error_code, row.error_parameters),
        createdAt: row.created_at,
        answeredAt: row.answered_at,
      };
    },
    async deleteOlderThan(date) {
      const { numDeletedRows } = await database
        .deleteFrom("clips")
        .where("created_at", "<", date)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

/** The error that was saved; one that this version doesn't know says that we gave up. */
function revive(code: string, parameters: unknown): UserError {
  return isUserErrorCode(code)
    ? new UserError(code, storedParameters.parse(parameters) ?? {})
    : new UserError("gave-up");
}
