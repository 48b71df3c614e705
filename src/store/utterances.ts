/**
 * Utterances on their way to a worker: the only audio of live sessions that is ever at rest, and for seconds only.
 * Whoever takes an utterance's row away decides what became of it, so that each is read or dropped, and never both.
 */

import { sql } from "kysely";
import type { Attribution } from "../jobs/clip-job.ts";
import { type Reading, type SpeakerStatistics, speakerSchema, UNHEARD } from "../ser/index.ts";
import type { LateDrop, NewChange } from "./change-schema.ts";
import { insertChange, readingChange } from "./changes.ts";
import { attributionRow } from "./clip-row.ts";
import type { Database } from "./database.ts";
import { DEFAULT_RETENTION_DAYS } from "./guild-settings.ts";
import { insertDrops } from "./live-changes.ts";

/** An utterance to be read. */
export interface NewUtterance {
  /** Id of the clip that it becomes. */
  readonly clipId: string;
  readonly sessionId: string;
  readonly subjectId: string;
  readonly startedAt: Date;
  /** When its speaker fell silent. */
  readonly endedAt: Date;
  /** Ogg/Opus. */
  readonly bytes: Uint8Array;
}

/** An utterance that waits. */
export interface WaitingUtterance extends NewUtterance {
  readonly guildId: string;
  readonly channelId: string;
  /** What is known of its speaker's voice; undefined when they don't take part any more, or want no analysis at all. */
  readonly voice: SpeakerStatistics | undefined;
}

/** Where a reading went: into a clip, or only to those who listen, as its server keeps nothing. */
export type Destination = "kept" | "told";

/** The utterances that wait. */
export interface Utterances {
  /**
   * Keeps an utterance until it is read, if its speaker takes part; else it is dropped by name. Drops those that wait
   * for too long, and the oldest of too many. False when nothing is to be read.
   */
  keep(utterance: NewUtterance): Promise<boolean>;
  /** An utterance that waits; undefined when it is read or dropped. */
  find(clipId: string): Promise<WaitingUtterance | undefined>;
  /**
   * Makes a clip of an utterance, or, where nothing may be kept, only tells of its reading. Undefined when it was read or
   * dropped before: then nothing happens.
   */
  finish(clipId: string, reading: Reading): Promise<Destination | undefined>;
  /** Drops an utterance by name; one that is read or dropped already is no mistake. */
  drop(clipId: string, reason: LateDrop): Promise<void>;
  /** Drops those that wait for too long, and the oldest of too many. */
  dropLate(): Promise<void>;
}

/** Nobody cares any more for what was said so long (ms) ago: it isn't the mood of now. */
export const STALE_MS = 15_000;
/** More than so many can't wait: at 10 s each they are 20 MB, and more than two cores can read in `STALE_MS`. */
export const MOST_WAITING = 500;

/** The utterances in a database; `now` tells the time, `pass` tells of what isn't kept. */
export function utterancesIn(
  database: Database,
  now: () => Date,
  pass: (change: NewChange) => Promise<void>,
): Utterances {
  return {
    async find(clipId) {
      const row = await database
        .selectFrom("utterances")
        .innerJoin("live_sessions", "live_sessions.id", "utterances.session_id")
        .leftJoin("live_speakers", (join) =>
          join
            .onRef("live_speakers.session_id", "=", "utterances.session_id")
            .onRef("live_speakers.user_id", "=", "utterances.subject_id"),
        )
        .leftJoin("consents", "consents.user_id", "utterances.subject_id")
        .select(["clip_id", "utterances.session_id", "subject_id", "utterances.started_at", "utterances.ended_at"])
        .select(["bytes", "guild_id", "channel_id", "included", "statistics", "opted_out"])
        .where("clip_id", "=", clipId)
        .executeTakeFirst();
      if (!row) return undefined;
      const isWilling = row.included && !row.opted_out;
      return {
        ...{ clipId: row.clip_id, sessionId: row.session_id, subjectId: row.subject_id, bytes: row.bytes },
        ...{ startedAt: row.started_at, endedAt: row.ended_at, guildId: row.guild_id, channelId: row.channel_id },
        voice: isWilling ? speakerSchema.parse(row.statistics ?? UNHEARD) : undefined,
      };
    },
    keep(utterance) {
      return database.transaction().execute(async (step) => {
        const isIncluded = await insertIfIncluded(step, utterance);
        if (!isIncluded) {
          const { clipId, sessionId } = utterance;
          await insertDrops(step, [{ clip_id: clipId, session_id: sessionId }], "no-consent", now());
        }
        const dropped = await dropLate(step, now());
        return isIncluded && !dropped.includes(utterance.clipId);
      });
    },
    async dropLate() {
      await database.transaction().execute((step) => dropLate(step, now()));
    },
    async finish(clipId, reading) {
      const read = await database.transaction().execute(async (step) => {
        const row = await takeForClip(step, clipId);
        if (!row) return undefined;
        const { subject_id: subjectId, guild_id: guildId, channel_id: channelId } = row;
        const attribution: Attribution = { source: "live", subjectId, guildId, channelId };
        const change = readingChange(clipId, attribution, reading, row.session_id);
        const isKept = (row.retention_days ?? DEFAULT_RETENTION_DAYS) > 0;
        if (!isKept) return { isKept, change };
        const written = { id: clipId, status: "done", reading: JSON.stringify(reading), created_at: row.started_at };
        const nothing = { answered_at: null, error_code: null, error_parameters: null };
        await step
          .insertInto("clips")
          .values({ ...written, ...nothing, ...attributionRow(attribution) })
          .execute();
        if (change) await insertChange(step, change, now());
        return { isKept, change };
      });
      if (!read) return undefined;
      if (!read.isKept && read.change) await pass(read.change);
      return read.isKept ? "kept" : "told";
    },
    drop(clipId, reason) {
      return database.transaction().execute(async (step) => {
        const row = await remove(step, clipId);
        if (row) await insertDrops(step, [row], reason, now());
      });
    },
  };
}

async function insertIfIncluded(step: Database, utterance: NewUtterance): Promise<boolean> {
  const { clipId, sessionId, subjectId, startedAt, endedAt, bytes } = utterance;
  // Everybody locks the session first and the speaker then, so that nobody waits for somebody who waits for them.
  await step.selectFrom("live_sessions").select("id").where("id", "=", sessionId).forKeyShare().execute();
  // pg takes a Buffer for bytea; this one is a view of the same bytes.
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { numAffectedRows } = await sql`
    insert into utterances (clip_id, session_id, subject_id, started_at, ended_at, bytes)
    select ${clipId}, session_id, user_id, ${startedAt}::timestamptz, ${endedAt}::timestamptz, ${view}::bytea
    from live_speakers where session_id = ${sessionId} and user_id = ${subjectId} and included
    for share`.execute(step);
  return numAffectedRows === 1n;
}

/** Drops what waits for too long, and the oldest of too many; says which. What others take away just now is theirs. */
async function dropLate(step: Database, at: Date): Promise<readonly string[]> {
  const stale = new Date(at.getTime() - STALE_MS);
  const tooMany = step.selectFrom("utterances").select("clip_id").orderBy("ended_at", "desc").offset(MOST_WAITING);
  const doomed = step
    .selectFrom("utterances")
    .select("clip_id")
    .where(({ eb, or }) => or([eb("ended_at", "<", stale), eb("clip_id", "in", tooMany)]))
    .forUpdate()
    .skipLocked();
  const rows = await step
    .deleteFrom("utterances")
    .where("clip_id", "in", doomed)
    .returning(["clip_id", "session_id", "ended_at"])
    .execute();
  const isStale = ({ ended_at }: { readonly ended_at: Date }) => ended_at < stale;
  await insertDrops(step, rows.filter(isStale), "stale", at);
  await insertDrops(
    step,
    rows.filter((row) => !isStale(row)),
    "queue-full",
    at,
  );
  return rows.map(({ clip_id }) => clip_id);
}

/** Takes an utterance away, with all that its clip says of it, and for how long its server keeps clips. */
function takeForClip(step: Database, clipId: string) {
  return step
    .deleteFrom("utterances")
    .using("live_sessions")
    .whereRef("live_sessions.id", "=", "utterances.session_id")
    .where("clip_id", "=", clipId)
    .returning(["session_id", "subject_id", "utterances.started_at", "guild_id", "channel_id"])
    .returning((row) =>
      row
        .selectFrom("guild_settings")
        .select("retention_days")
        .whereRef("guild_settings.guild_id", "=", "live_sessions.guild_id")
        .as("retention_days"),
    )
    .executeTakeFirst();
}

function remove(step: Database, clipId: string) {
  return step
    .deleteFrom("utterances")
    .where("clip_id", "=", clipId)
    .returning(["clip_id", "session_id"])
    .executeTakeFirst();
}
