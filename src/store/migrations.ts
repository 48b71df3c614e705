/** How the tables came to be, step by step. */

import { sql } from "kysely";
import type { Database } from "./database.ts";
import { DatabaseError } from "./errors.ts";

/** Plain SQL, in order. A step that has shipped is never changed: a new one goes to the end. */
const STEPS: readonly string[] = [
  `create table clips (
     id text primary key,
     status text not null check (status in ('waiting', 'done', 'failed')),
     reading jsonb,
     error_code text,
     error_parameters jsonb,
     created_at timestamptz not null,
     answered_at timestamptz,
     check ((status = 'done') = (reading is not null)),
     check ((status = 'failed') = (error_code is not null))
   );
   create index clips_created_at on clips (created_at);
   create table uploads (
     id text primary key,
     bytes bytea not null,
     created_at timestamptz not null
   );`,
  `alter table clips
     add column source text check (source in ('command', 'menu', 'automatic', 'upload', 'live')),
     add column subject_id text,
     add column asker_id text,
     add column guild_id text,
     add column channel_id text,
     add column message_id text,
     add column attachment_id text,
     drop constraint clips_status_check,
     add constraint clips_status_check check (status in ('waiting', 'done', 'failed', 'forgotten')),
     add constraint clips_forgotten check (
       status <> 'forgotten' or num_nonnulls(
         source, subject_id, asker_id, guild_id, channel_id, message_id, attachment_id, error_parameters
       ) = 0
     );
   create index clips_subject on clips (subject_id, created_at);
   create index clips_asker on clips (asker_id);
   create index clips_guild on clips (guild_id, created_at);
   create index clips_attachment on clips (attachment_id, created_at);
   create table guild_settings (
     guild_id text primary key,
     language text,
     answers text not null check (answers in ('public', 'private')),
     automatic jsonb not null,
     live jsonb not null,
     retention_days int not null check (retention_days between 0 and 365),
     alert_channel_id text,
     noticed_at timestamptz
   );
   create table consents (
     user_id text primary key,
     live boolean not null,
     opted_out boolean not null,
     changed_at timestamptz not null,
     check (not (live and opted_out))
   );
   create table corrections (
     clip_id text primary key references clips (id) on delete cascade,
     subject_id text not null,
     label text not null,
     created_at timestamptz not null
   );
   create index corrections_subject on corrections (subject_id);
   create table audit (
     id bigint generated always as identity primary key,
     guild_id text not null,
     actor_id text not null,
     action text not null,
     before jsonb,
     after jsonb,
     at timestamptz not null
   );
   create index audit_guild on audit (guild_id, id);
   create index audit_actor on audit (actor_id, id);`,
  `create table rates (
     key text primary key,
     whole_at timestamptz not null
   );
   create index rates_whole_at on rates (whole_at);
   create table turns (
     who text primary key,
     turn bigint not null
   );`,
  `create table events (
     id bigint generated always as identity primary key,
     at timestamptz not null,
     guild_id text not null,
     channel_id text,
     kind text not null,
     clip_id text,
     subject_id text,
     body jsonb not null
   );
   create index events_guild on events (guild_id, id);
   create index events_at on events (at);
   create index events_clip on events (clip_id);
   create index events_subject on events (subject_id);
   create table live_sessions (
     id text primary key,
     guild_id text not null,
     channel_id text not null,
     text_channel_id text not null,
     message_id text,
     started_by text,
     started_at timestamptz not null,
     seen_at timestamptz not null,
     ended_at timestamptz,
     end_reason text,
     health jsonb not null,
     check ((ended_at is null) = (end_reason is null))
   );
   create unique index live_sessions_running on live_sessions (guild_id) where ended_at is null;
   create index live_sessions_guild on live_sessions (guild_id, started_at);
   create index live_sessions_starter on live_sessions (started_by);
   create table live_speakers (
     session_id text not null references live_sessions (id) on delete cascade,
     user_id text not null,
     included boolean not null,
     statistics jsonb,
     primary key (session_id, user_id),
     check (included or statistics is null)
   );
   create index live_speakers_user on live_speakers (user_id);
   create table utterances (
     clip_id text primary key,
     session_id text not null references live_sessions (id) on delete cascade,
     subject_id text not null,
     started_at timestamptz not null,
     ended_at timestamptz not null,
     bytes bytea not null
   );
   create index utterances_ended_at on utterances (ended_at);
   create index utterances_speaker on utterances (session_id, subject_id);`,
];

/** Refuses tables that this version doesn't know. @throws DatabaseError with what to do. */
export function refuseNewer(version: number): void {
  if (version <= STEPS.length) return;
  throw new DatabaseError(
    `The database was last used by a newer Timbre (its tables are version ${version}, this one knows ${STEPS.length}). ` +
      "Start the newer one again, or give this one a database of its own.",
  );
}

/** Key of the advisory lock that lets one process at a time change the tables: "tmig" in ASCII. */
const MIGRATION_LOCK = 0x746d6967;

/**
 * Brings the tables up to date, all or nothing, one process at a time.
 * @throws DatabaseError when a newer Timbre has already changed them.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction().execute(async (step) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(step);
    await sql`create table if not exists schema_version (version int not null)`.execute(step);
    const { rows } = await sql<{ version: number }>`select version from schema_version`.execute(step);
    const version = rows[0]?.version ?? 0;
    refuseNewer(version);
    for (const text of STEPS.slice(version)) await sql.raw(text).execute(step);
    await sql`delete from schema_version`.execute(step);
    await sql`insert into schema_version values (${STEPS.length})`.execute(step);
  });
}
