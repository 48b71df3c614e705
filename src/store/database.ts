/** The connection to PostgreSQL, and what its tables look like. */

import { type Generated, type GeneratedAlways, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { tellAway } from "./away.ts";
import type { DashboardTables } from "./dashboard-rows.ts";

/** Table of clips: that something was asked for, and how it ended. */
interface ClipsTable {
  id: string;
  status: string;
  /** jsonb; written as text. */
  reading: unknown;
  error_code: string | null;
  /** jsonb; written as text. */
  error_parameters: unknown;
  created_at: Date;
  answered_at: Date | null;
  source: string | null;
  subject_id: string | null;
  asker_id: string | null;
  guild_id: string | null;
  channel_id: string | null;
  message_id: string | null;
  attachment_id: string | null;
}

/** Table of uploads that wait for a worker. */
interface UploadsTable {
  id: string;
  bytes: Uint8Array;
  created_at: Date;
}

/** Table of servers whose settings were changed or whose notice was shown. */
interface GuildSettingsTable {
  guild_id: string;
  language: string | null;
  answers: string;
  /** jsonb; written as text. */
  automatic: unknown;
  /** jsonb; written as text. */
  live: unknown;
  retention_days: number;
  alert_channel_id: string | null;
  noticed_at: Date | null;
}

/** Table of people who made a choice. */
interface ConsentsTable {
  user_id: string;
  live: boolean;
  opted_out: boolean;
  changed_at: Date;
}

/** Table of what subjects say their clips are. */
interface CorrectionsTable {
  clip_id: string;
  subject_id: string;
  label: string;
  created_at: Date;
}

/** Table of changes to servers' settings. */
interface AuditTable {
  id: Generated<string>;
  guild_id: string;
  actor_id: string;
  action: string;
  /** jsonb; written as text. */
  before: unknown;
  /** jsonb; written as text. */
  after: unknown;
  at: Date;
  kind: Generated<string>;
}

/** Table of what is limited in number. */
interface RatesTable {
  key: string;
  /** When as many as ever may be had again. */
  whole_at: Date;
}

/** Table of turns. */
interface TurnsTable {
  who: string;
  /** bigint; comes and goes as text. */
  turn: string;
}

/** Table of what happened in servers lately. */
interface EventsTable {
  /** bigint; comes as text. */
  id: GeneratedAlways<string>;
  at: Date;
  guild_id: string;
  channel_id: string | null;
  kind: string;
  clip_id: string | null;
  subject_id: string | null;
  /** jsonb; written as text. */
  body: unknown;
}

/** Table of live sessions, running and over. */
interface LiveSessionsTable {
  id: string;
  guild_id: string;
  channel_id: string;
  text_channel_id: string;
  message_id: string | null;
  started_by: string | null;
  started_at: Date;
  seen_at: Date;
  ended_at: Date | null;
  end_reason: string | null;
  /** jsonb; written as text. */
  health: unknown;
}

/** Table of who takes part in running sessions, and who doesn't want to. */
interface LiveSpeakersTable {
  session_id: string;
  user_id: string;
  included: boolean;
  /** jsonb; written as text. */
  statistics: unknown;
}

/** Table of utterances that wait for a worker. */
interface UtterancesTable {
  clip_id: string;
  session_id: string;
  subject_id: string;
  started_at: Date;
  ended_at: Date;
  bytes: Uint8Array;
}

/** Table of clips that are promised an answer, for queues that forget. */
interface PromisedClipsTable {
  id: string;
  /** jsonb; written as text. */
  job: unknown;
  made_at: Date;
}

/** All tables. */
export interface Tables extends DashboardTables {
  clips: ClipsTable;
  uploads: UploadsTable;
  guild_settings: GuildSettingsTable;
  consents: ConsentsTable;
  corrections: CorrectionsTable;
  audit: AuditTable;
  rates: RatesTable;
  turns: TurnsTable;
  events: EventsTable;
  live_sessions: LiveSessionsTable;
  live_speakers: LiveSpeakersTable;
  utterances: UtterancesTable;
  promised_clips: PromisedClipsTable;
}

/** A typed connection to the tables. */
export type Database = Kysely<Tables>;

/** Connections that the store may hold; PostgreSQL allows 100 in all by default. */
const MAX_CONNECTIONS = 10;
/** How long (ms) a connection is waited for: somebody waits for an answer, if only for "not now". */
const CONNECT_WITHIN_MS = 10_000;

/** A query without an answer for so long (ms) is given up: its connection leads nowhere, and TCP may not know for hours. */
const ANSWER_WITHIN_MS = 30_000;
/**
 * A transaction that asks nothing for so long (ms) is undone by the server: whoever began it is gone, as a machine without
 * power is, and nobody can go on with what it holds. Ours never wait for anything but the database.
 */
const IDLE_TRANSACTION_MS = 10_000;

/** Opens a pool of connections; the first is made with the first query. */
export function openDatabase(connectionString: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    keepAlive: true,
  });
  tellAway(pool);
  // A connection lost while idle is replaced with the next query.
  pool.on("error", onError);
  // One lost in use fails its query; unheard, the client's own word about it would end the process.
  pool.on("connect", (client) => client.on("error", onError));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
