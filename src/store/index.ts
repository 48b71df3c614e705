/** Everything that Timbre remembers, in PostgreSQL. */

import { sql } from "kysely";
import { type Audit, auditIn } from "./audit.ts";
import { type Changes, changesIn } from "./changes.ts";
import { type Clips, clipsIn } from "./clips.ts";
import { type Consents, consentsIn } from "./consents.ts";
import { type Corrections, correctionsIn } from "./corrections.ts";
import { openDatabase } from "./database.ts";
import { DatabaseError } from "./errors.ts";
import { type Guilds, guildsIn } from "./guilds.ts";
import { type Histories, historiesIn } from "./histories.ts";
import { type LiveSessions, liveIn } from "./live.ts";
import { migrate } from "./migrations.ts";
import { type Rates, ratesIn } from "./rates.ts";
import { type Turns, turnsIn } from "./turns.ts";
import { type Uploads, uploadsIn } from "./uploads.ts";
import { type Utterances, utterancesIn } from "./utterances.ts";

export type { AuditEntry } from "./audit.ts";
export { type Change, UNTRIED, type VoiceHealth } from "./change-schema.ts";
export type { Clips } from "./clips.ts";
export { findEmbeddedPostgres, startEmbeddedPostgres } from "./embedded.ts";
export { DatabaseError } from "./errors.ts";
export {
  DEFAULT_RETENTION_DAYS,
  DEFAULT_SETTINGS,
  type GuildSettings,
  guildSettings,
  MAX_RETENTION_DAYS,
} from "./guild-settings.ts";
export { inspectDatabase } from "./inspect.ts";
export type { LiveSession } from "./live.ts";
export type { Rate } from "./rates.ts";
export type { Uploads } from "./uploads.ts";
export { STALE_MS } from "./utterances.ts";

/** An open store. */
export interface Store {
  readonly clips: Clips;
  readonly uploads: Uploads;
  readonly guilds: Guilds;
  readonly consents: Consents;
  readonly histories: Histories;
  readonly corrections: Corrections;
  readonly audit: Audit;
  readonly rates: Rates;
  readonly turns: Turns;
  readonly changes: Changes;
  readonly live: LiveSessions;
  readonly utterances: Utterances;
  /** Asks the database for a sign of life. @throws when there is none. */
  ping(): Promise<void>;
  /** Ends the connections. */
  close(): Promise<void>;
}

/** What a store needs besides its address. */
export interface StoreOptions {
  /** Tells the time; the system's clock by default. */
  readonly now?: () => Date;
  /** Told about connections that broke while nobody used them. */
  readonly onError?: (error: Error) => void;
}

/**
 * Opens the store and brings its tables up to date.
 * @throws DatabaseError when the database can't be reached or is newer than this Timbre.
 */
export async function openStore(connectionString: string, options: StoreOptions = {}): Promise<Store> {
  const { now = () => new Date(), onError = () => undefined } = options;
  const database = openDatabase(connectionString, onError);
  try {
    await migrate(database);
  } catch (cause) {
    await database.destroy();
    if (cause instanceof DatabaseError) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new DatabaseError(`The database can't be used: ${words}. Check DATABASE_URL.`, { cause });
  }
  const changes = changesIn(database, connectionString, now, onError);
  return {
    changes,
    live: liveIn(database, now),
    utterances: utterancesIn(database, now, changes.pass),
    clips: clipsIn(database, now),
    uploads: uploadsIn(database, now),
    guilds: guildsIn(database, now),
    consents: consentsIn(database, now),
    histories: historiesIn(database),
    corrections: correctionsIn(database, now),
    audit: auditIn(database),
    rates: ratesIn(database, now),
    turns: turnsIn(database),
    async ping() {
      await sql`select 1`.execute(database);
    },
    close: () => database.destroy(),
  };
}
