/** Uploaded files on their way to a worker. They are the only audio that is ever at rest, and only while it waits. */

import type { Database } from "./database.ts";

/** The uploads. */
export interface Uploads {
  /** Keeps an upload until its job ends. */
  keep(id: string, bytes: Uint8Array): Promise<void>;
  /** The upload's bytes; undefined when it is gone. */
  fetch(id: string): Promise<Uint8Array | undefined>;
  /** Deletes an upload; one that is gone already is no mistake. */
  discard(id: string): Promise<void>;
  /** Deletes the uploads kept since before `date`, and says how many. */
  deleteOlderThan(date: Date): Promise<number>;
}

/** The uploads in a database; `now` tells the time. */
export function uploadsIn(database: Database, now: () => Date): Uploads {
  return {
    async keep(id, bytes) {
      // pg takes a Buffer for bytea; this one is a view of the same bytes.
      const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      await database.insertInto("uploads").values({ id, bytes: view, created_at: now() }).execute();
    },
    async fetch(id) {
      const row = await database.selectFrom("uploads").select("bytes").where("id", "=", id).executeTakeFirst();
      return row?.bytes;
    },
    async discard(id) {
      await database.deleteFrom("uploads").where("id", "=", id).execute();
    },
    async deleteOlderThan(date) {
      const { numDeletedRows } = await database
        .deleteFrom("uploads")
        .where("created_at", "<", date)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
