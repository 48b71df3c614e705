/** What happens in servers, told to every process that wants to know: events with growing numbers, and NOTIFY. */

import { type Selectable, sql } from "kysely";
import type { Attribution } from "../jobs/clip-job.ts";
import type { Reading } from "../ser/index.ts";
import { type Change, change, type NewChange } from "./change-schema.ts";
import type { Database, Tables } from "./database.ts";
import { CHANNEL, followChanges, PAGE } from "./follow-changes.ts";

/** Which events are wanted; without a guild, those of all. */
export interface ChangeFilter {
  readonly guildId?: string | undefined;
}

/** The events. */
export interface Changes {
  /**
   * Hears every event from now on, in order and each once, also those that happen while the connection is away.
   * The answer ends it. @throws Error when the database can't be reached now.
   */
  listen(handler: (change: Change) => void): Promise<() => Promise<void>>;
  /** The events after number `id`, in order, at most `limit`. Events of what may not be kept are never among them. */
  since(id: number, filter?: ChangeFilter, limit?: number): Promise<readonly Change[]>;
  /** The number of the latest event; 0 before the first. */
  latest(): Promise<number>;
  /** Whether events after number `id` may be deleted already. */
  isTrimmed(id: number): Promise<boolean>;
  /** A server's readings since `date`, in order. */
  readings(guildId: string, date: Date): Promise<readonly Change[]>;
  /** Tells everybody who listens now, and keeps nothing. */
  pass(change: NewChange): Promise<void>;
  /** Deletes the events from before `date`, and says how many. */
  deleteOlderThan(date: Date): Promise<number>;
}

/** Key of the advisory lock that keeps numbers in the order of their commits: "tevt" in ASCII. */
const ORDER_LOCK = 0x74657674;

/** The events of a database; `now` tells the time, `onError` hears of lost connections. */
export function changesIn(
  database: Database,
  connectionString: string,
  now: () => Date,
  onError: (error: Error) => void,
): Changes {
  async function since(id: number, { guildId }: ChangeFilter = {}, limit = PAGE): Promise<readonly Change[]> {
    const after = database.selectFrom("events").selectAll().where("id", ">", String(id));
    const wanted = guildId === undefined ? after : after.where("guild_id", "=", guildId);
    return (await wanted.orderBy("id").limit(limit).execute()).map(changeOf);
  }

  async function latest(): Promise<number> {
    const { rows } = await sql<{ latest: string }>`select coalesce(max(id), 0) as latest from events`.execute(database);
    return Number(rows[0]?.latest ?? 0);
  }

  return {
    since,
    latest,
    async isTrimmed(id) {
      const { rows } = await sql<{ first: string | null }>`select min(id) as first from events`.execute(database);
      const first = rows[0]?.first ?? null;
      return first === null ? id < (await latest()) : id + 1 < Number(first);
    },
    async readings(guildId, date) {
      const rows = await database
        .selectFrom("events")
        .selectAll()
        .where("guild_id", "=", guildId)
        .where("kind", "=", "reading")
        .where("at", ">=", date)
        .orderBy("id")
        .execute();
      return rows.map(changeOf);
    },
    listen: (handler) => followChanges(connectionString, { since, latest }, handler, onError),
    async pass(passing) {
      await database.transaction().execute(async (step) => {
        await lock(step);
        const { rows } = await sql<{ id: string }>`
          select nextval(pg_get_serial_sequence('events', 'id')) as id`.execute(step);
        await notify(step, JSON.stringify({ ...passing, id: Number(rows[0]?.id), at: now() }));
      });
    },
    async deleteOlderThan(date) {
      const { numDeletedRows } = await database.deleteFrom("events").where("at", "<", date).executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

function changeOf(row: Selectable<Tables["events"]>): Change {
  return change.parse({
    ...Object(row.body),
    ...{ id: Number(row.id), at: row.at, guildId: row.guild_id, channelId: row.channel_id, kind: row.kind },
  });
}

/** Writes an event down; in the same transaction as what happened, so that there is never one without the other. */
export async function insertChange(step: Database, changed: NewChange, at: Date): Promise<void> {
  const { guildId, channelId, kind, ...body } = changed;
  await lock(step);
  await step
    .with("written", (write) =>
      write
        .insertInto("events")
        .values({
          ...{ at, kind, guild_id: guildId, channel_id: channelId, body: JSON.stringify(body) },
          clip_id: "clipId" in body ? body.clipId : null,
          subject_id: "subjectId" in body ? body.subjectId : null,
        })
        .returning("id"),
    )
    .selectFrom("written")
    .select(sql`pg_notify(${CHANNEL}, id::text)`.as("told"))
    .execute();
}

/** The event of a reading; undefined where it belongs to no server. */
export function readingChange(
  clipId: string,
  attribution: Attribution | null | undefined,
  reading: Reading,
  sessionId: string | null = null,
): NewChange | undefined {
  if (!attribution?.guildId) return undefined;
  const { speech, uncertain, label, confidence, scores, durationMs } = reading;
  return {
    kind: "reading",
    ...{ clipId, sessionId, confidence, scores, durationMs },
    guildId: attribution.guildId,
    channelId: attribution.channelId ?? null,
    source: attribution.source,
    subjectId: attribution.subjectId ?? null,
    label: speech && !uncertain ? label : null,
  };
}

/** Forgets what events say about a person or a clip. */
export async function forgetInChanges(
  step: Database,
  { clipId, userId }: { readonly clipId?: string; readonly userId?: string },
): Promise<void> {
  if (clipId !== undefined) await step.deleteFrom("events").where("clip_id", "=", clipId).execute();
  if (userId === undefined) return;
  await step.deleteFrom("events").where("subject_id", "=", userId).execute();
  await sql`
    update events set body = jsonb_set(body, '{speakers}', (body -> 'speakers') - ${userId}::text)
    where kind = 'session' and body -> 'speakers' ? ${userId}::text`.execute(step);
}

/** Until the transaction ends: else a later number could be seen before an earlier one, which then was missed. */
async function lock(step: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ORDER_LOCK})`.execute(step);
}

async function notify(step: Database, payload: string): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(step);
}
