/** What is kept about one person: nobody else gets to see it. */

import { forgetInChanges } from "./changes.ts";
import { FORGOTTEN, type StoredClip, storedClip } from "./clip-row.ts";
import type { Database } from "./database.ts";

/** What is kept about a person, in figures. */
export interface HistorySummary {
  /** Clips of their voice. */
  readonly clips: number;
  /** Those of them that have a reading. */
  readonly readings: number;
  /** When the first clip with a reading was asked for; null when there is none. */
  readonly since: Date | null;
  /** Clips of other voices that they asked for. */
  readonly asked: number;
  /** Corrections that they made. */
  readonly corrections: number;
  /** Live sessions that they started. */
  readonly sessions: number;
}

/** That somebody asked for a clip of another voice. */
export interface Question {
  readonly askedAt: Date;
  readonly guildId: string | null;
  readonly channelId: string | null;
}

/** What a person left at the page: sign-ins that still hold, and tokens for programs. Secrets aren't among it. */
export interface PageTraces {
  readonly signIns: readonly { readonly createdAt: Date; readonly expiresAt: Date }[];
  readonly accessTokens: readonly {
    readonly name: string;
    readonly createdAt: Date;
    readonly lastUsedAt: Date | null;
    readonly expiresAt: Date | null;
  }[];
}

/** People's histories. */
export interface Histories {
  summary(userId: string): Promise<HistorySummary>;
  /** Clips of a person's voice, the oldest first; never all of them in memory at once. */
  clipsOf(userId: string): AsyncIterable<StoredClip>;
  /** When and where a person asked for clips of other voices, the oldest first; whose they are isn't told. */
  askedBy(userId: string): Promise<readonly Question[]>;
  onPage(userId: string): Promise<PageTraces>;
  /**
   * Forgets all clips of a person's voice with their corrections, that they asked for others, that they started live
   * sessions, and what such sessions know of their voice; says how many clips it were. Those under way leave no reading.
   * They are signed out of the page, their access tokens end, and alerts don't say any more that they handled them.
   */
  forget(userId: string): Promise<number>;
}

/** Clips that are read from the database at once; a reading of ten minutes is about a third of a megabyte. */
const PAGE = 20;

/** The histories in a database. */
export function historiesIn(database: Database): Histories {
  const mine = (userId: string) => database.selectFrom("clips").where("subject_id", "=", userId);
  const others = (userId: string) =>
    database.selectFrom("clips").where("asker_id", "=", userId).where("subject_id", "is distinct from", userId);
  return {
    async summary(userId) {
      const clips = await mine(userId)
        .select(({ fn }) => [
          fn.countAll<string>().as("clips"),
          fn.count<string>("reading").as("readings"),
          fn.min("created_at").filterWhere("reading", "is not", null).as("since"),
        ])
        .executeTakeFirstOrThrow();
      const asked = await others(userId)
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .executeTakeFirstOrThrow();
      const corrections = await database
        .selectFrom("corrections")
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .where("subject_id", "=", userId)
        .executeTakeFirstOrThrow();
      const sessions = await database
        .selectFrom("live_sessions")
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .where("started_by", "=", userId)
        .executeTakeFirstOrThrow();
      return {
        clips: Number(clips.clips),
        readings: Number(clips.readings),
        since: clips.since,
        asked: Number(asked.count),
        corrections: Number(corrections.count),
        sessions: Number(sessions.count),
      };
    },
    async *clipsOf(userId) {
      const oldestFirst = mine(userId).selectAll().orderBy("created_at").orderBy("id").limit(PAGE);
      for (let page = await oldestFirst.execute(); page.length > 0; ) {
        yield* page.map(storedClip);
        const { created_at, id } = page[page.length - 1] ?? { created_at: new Date(), id: "" };
        page = await oldestFirst
          .where(({ eb, refTuple, tuple }) => eb(refTuple("created_at", "id"), ">", tuple(created_at, id)))
          .execute();
      }
    },
    askedBy(userId) {
      return others(userId)
        .select(["created_at as askedAt", "guild_id as guildId", "channel_id as channelId"])
        .orderBy("created_at")
        .execute();
    },
    async onPage(userId) {
      const signIns = await database
        .selectFrom("sessions")
        .select(["created_at as createdAt", "expires_at as expiresAt"])
        .where("user_id", "=", userId)
        .orderBy("created_at")
        .execute();
      const accessTokens = await database
        .selectFrom("access_tokens")
        .select(["name", "created_at as createdAt", "last_used_at as lastUsedAt", "expires_at as expiresAt"])
        .where("user_id", "=", userId)
        .orderBy("created_at")
        .execute();
      return { signIns, accessTokens };
    },
    forget(userId) {
      return database.transaction().execute(async (step) => {
        await step.deleteFrom("corrections").where("subject_id", "=", userId).execute();
        const { numUpdatedRows } = await step
          .updateTable("clips")
          .set(FORGOTTEN)
          .where("subject_id", "=", userId)
          .executeTakeFirstOrThrow();
        await step.updateTable("clips").set({ asker_id: null }).where("asker_id", "=", userId).execute();
        await step.updateTable("live_sessions").set({ started_by: null }).where("started_by", "=", userId).execute();
        await step.updateTable("live_speakers").set({ statistics: null }).where("user_id", "=", userId).execute();
        await step.deleteFrom("sessions").where("user_id", "=", userId).execute();
        await step.deleteFrom("access_tokens").where("user_id", "=", userId).execute();
        await step.updateTable("alerts").set({ handled_by: null }).where("handled_by", "=", userId).execute();
        await forgetInChanges(step, { userId });
        return Number(numUpdatedRows);
      });
    },
  };
}
