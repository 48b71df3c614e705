/** Live sessions: a server has one at most. Who takes part, and what is known of their voices while it lasts. */

import { type Selectable, sql } from "kysely";
import { type SpeakerStatistics, speakerSchema } from "../ser/index.ts";
import { UNTRIED, type VoiceHealth, voiceHealth } from "./change-schema.ts";
import type { Database, Tables } from "./database.ts";
import { DEFAULT_RETENTION_DAYS } from "./guild-settings.ts";
import { dropWhere, insertSessionChange, leaveOut, speakersOf } from "./live-changes.ts";

/** A session to begin. */
export interface NewLiveSession {
  readonly id: string;
  readonly guildId: string;
  /** The voice channel. */
  readonly channelId: string;
  /** Where the bot writes about it. */
  readonly textChannelId: string;
  readonly startedBy: string;
}

/** A session, running or over. */
export interface LiveSession extends Omit<NewLiveSession, "startedBy"> {
  /** Null where the person wants nothing kept. */
  readonly startedBy: string | null;
  /** The message that shows the mood. */
  readonly messageId: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly health: VoiceHealth;
}

/** What a running session knows of a person. */
export interface KnownSpeaker {
  readonly sessionId: string;
  readonly included: boolean;
  readonly statistics: SpeakerStatistics | null;
}

/** The live sessions. Every change of one is an event (see `Changes`). */
export interface LiveSessions {
  /** Begins a session. False when one is running in the server: then nothing happens. */
  start(session: NewLiveSession): Promise<boolean>;
  find(sessionId: string): Promise<LiveSession | undefined>;
  /** A server's sessions, the latest first, at most `limit`. */
  of(guildId: string, limit: number): Promise<readonly LiveSession[]>;
  /** All running sessions, or those of one server. */
  running(guildId?: string): Promise<readonly LiveSession[]>;
  /** Who takes part in a running session. */
  speakers(sessionId: string): Promise<readonly string[]>;
  /** Who decided not to take part in a running session. */
  leftOut(sessionId: string): Promise<readonly string[]>;
  /** Notes which message shows the mood. */
  setMessage(sessionId: string, messageId: string): Promise<void>;
  /**
   * Somebody takes part from now on, or doesn't: then what is known of their voice is forgotten, and what they said and
   * waits is dropped. False when the session is over.
   */
  choose(sessionId: string, userId: string, included: boolean): Promise<boolean>;
  /** Notes how well a session hears, and that its bot is alive; an event only where something changed. */
  report(sessionId: string, health: VoiceHealth): Promise<void>;
  /** Ends a session, forgets what is known of its voices, and drops what waits. Again changes nothing. */
  end(sessionId: string, reason: string): Promise<void>;
  /** The running sessions whose bot gave no sign of life since `date`. */
  silentSince(date: Date): Promise<readonly LiveSession[]>;
  /**
   * Keeps what is known of a speaker's voice after another utterance. Where another worker was faster, or the speaker
   * doesn't take part any more, nothing is kept: one utterance less in a mean does no harm.
   */
  keepStatistics(sessionId: string, userId: string, before: SpeakerStatistics, after: SpeakerStatistics): Promise<void>;
  /** The sessions that a person started, the oldest first. */
  startedBy(userId: string): Promise<readonly LiveSession[]>;
  /** What running sessions know of a person: whether they take part, and of their voice. */
  knownOf(userId: string): Promise<readonly KnownSpeaker[]>;
  /** Deletes the sessions that their server doesn't want kept any longer, and says how many. */
  deleteExpired(): Promise<number>;
}

/** The sessions in a database; `now` tells the time. */
export function liveIn(database: Database, now: () => Date): LiveSessions {
  const all = () => database.selectFrom("live_sessions").selectAll();
  return {
    start({ id, guildId, channelId, textChannelId, startedBy }) {
      return database.transaction().execute(async (step) => {
        const at = now();
        const { numInsertedOrUpdatedRows } = await step
          .insertInto("live_sessions")
          .values({
            ...{ id, guild_id: guildId, channel_id: channelId, text_channel_id: textChannelId, started_by: startedBy },
            ...{ started_at: at, seen_at: at, message_id: null, ended_at: null, end_reason: null },
            health: JSON.stringify(UNTRIED),
          })
          .onConflict((conflict) => conflict.column("guild_id").where("ended_at", "is", null).doNothing())
          .executeTakeFirstOrThrow();
        const isNew = numInsertedOrUpdatedRows === 1n;
        if (isNew) await insertSessionChange(step, id, at);
        return isNew;
      });
    },
    async find(sessionId) {
      const row = await all().where("id", "=", sessionId).executeTakeFirst();
      return row && sessionOf(row);
    },
    of: async (guildId, limit) =>
      (await all().where("guild_id", "=", guildId).orderBy("started_at", "desc").limit(limit).execute()).map(sessionOf),
    async running(guildId) {
      const found = all().where("ended_at", "is", null);
      const wanted = guildId === undefined ? found : found.where("guild_id", "=", guildId);
      return (await wanted.execute()).map(sessionOf);
    },
    speakers: (sessionId) => speakersOf(database, sessionId, true),
    leftOut: (sessionId) => speakersOf(database, sessionId, false),
    async setMessage(sessionId, messageId) {
      await database.updateTable("live_sessions").set({ message_id: messageId }).where("id", "=", sessionId).execute();
    },
    choose(sessionId, userId, included) {
      return database.transaction().execute(async (step) => {
        if (!(await hold(step, sessionId))) return false;
        const { numInsertedOrUpdatedRows } = await step
          .insertInto("live_speakers")
          .values({ session_id: sessionId, user_id: userId, included, statistics: null })
          .onConflict((conflict) =>
            // Whoever takes part already keeps what is known of them.
            conflict
              .columns(["session_id", "user_id"])
              .doUpdateSet({ included })
              .where("live_speakers.included", "=", false),
          )
          .executeTakeFirstOrThrow();
        if (!included) await leaveOut(step, { sessionId, userId }, now());
        else if (numInsertedOrUpdatedRows === 1n) await insertSessionChange(step, sessionId, now());
        return true;
      });
    },
    report(sessionId, health) {
      return database.transaction().execute(async (step) => {
        const written = JSON.stringify(health);
        const { numUpdatedRows } = await step
          .updateTable("live_sessions")
          .set({ health: written })
          .where("id", "=", sessionId)
          .where("ended_at", "is", null)
          .where("health", "<>", sql`${written}::jsonb`)
          .executeTakeFirstOrThrow();
        await step.updateTable("live_sessions").set({ seen_at: now() }).where("id", "=", sessionId).execute();
        if (numUpdatedRows > 0n) await insertSessionChange(step, sessionId, now());
      });
    },
    end(sessionId, reason) {
      return database.transaction().execute(async (step) => {
        if (!(await hold(step, sessionId))) return;
        const at = now();
        await step.deleteFrom("live_speakers").where("session_id", "=", sessionId).execute();
        await dropWhere(step, { sessionId }, "stale", at);
        await step
          .updateTable("live_sessions")
          .set({ ended_at: at, end_reason: reason })
          .where("id", "=", sessionId)
          .execute();
        await insertSessionChange(step, sessionId, at);
      });
    },
    silentSince: async (date) =>
      (await all().where("ended_at", "is", null).where("seen_at", "<", date).execute()).map(sessionOf),
    async keepStatistics(sessionId, userId, before, after) {
      await database
        .updateTable("live_speakers")
        .set({ statistics: JSON.stringify(after) })
        .where("session_id", "=", sessionId)
        .where("user_id", "=", userId)
        .where("included", "=", true)
        .where(sql`coalesce((statistics ->> 'utterances')::int, 0)`, "=", before.utterances)
        .execute();
    },
    startedBy: async (userId) =>
      (await all().where("started_by", "=", userId).orderBy("started_at").execute()).map(sessionOf),
    async knownOf(userId) {
      const rows = await database.selectFrom("live_speakers").selectAll().where("user_id", "=", userId).execute();
      return rows.map(({ session_id, included, statistics }) => ({
        sessionId: session_id,
        included,
        statistics: speakerSchema.nullable().parse(statistics),
      }));
    },
    async deleteExpired() {
      const { numAffectedRows } = await sql`
        delete from live_sessions where ended_at is not null
          and ended_at <= ${now()}::timestamptz - interval '1 day' * coalesce(
            (select retention_days from guild_settings where guild_settings.guild_id = live_sessions.guild_id),
            ${DEFAULT_RETENTION_DAYS})`.execute(database);
      return Number(numAffectedRows ?? 0n);
    },
  };
}

/** Keeps a running session as it is until the transaction ends; false when it is over. */
async function hold(step: Database, sessionId: string): Promise<boolean> {
  const row = await step
    .selectFrom("live_sessions")
    .select("id")
    .where("id", "=", sessionId)
    .where("ended_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

function sessionOf(row: Selectable<Tables["live_sessions"]>): LiveSession {
  return {
    id: row.id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    textChannelId: row.text_channel_id,
    messageId: row.message_id,
    startedBy: row.started_by,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    health: voiceHealth.parse(row.health),
  };
}
