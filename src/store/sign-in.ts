/** Who is signed in to the page: sessions, the one-time links that begin the owner's, and the key that signs cookies. */

import { randomBytes } from "node:crypto";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { DashboardTables } from "./dashboard-rows.ts";
import type { Database } from "./database.ts";
import { hashOf, newSecret } from "./secrets.ts";

/** Somebody who signed in: a person on Discord, or whoever runs Timbre, who opened the link that it printed. */
export interface SignedIn {
  /** Null for the owner. */
  readonly userId: string | null;
  /** Null for the owner. */
  readonly name: string | null;
  /** Servers that they moderated when they signed in; whether they still do is asked again and again. */
  readonly guildIds: readonly string[];
}

/** The sessions. */
export interface SignIns {
  /** Begins a session, and tells its secret. */
  begin(who: SignedIn): Promise<string>;
  /** Whose session it is; undefined when it is over. */
  find(secret: string): Promise<SignedIn | undefined>;
  /** Ends a session. */
  end(secret: string): Promise<void>;
  /** Makes a link that works once, and tells its secret. */
  makeLink(): Promise<string>;
  /** Uses a link up; false when it is, or is too old. */
  useLink(secret: string): Promise<boolean>;
  /** The key that signs cookies: the same in every process. */
  cookieKey(): Promise<Uint8Array>;
  /** Deletes sessions and links that are over. */
  deleteExpired(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** Signing in through Discord again is one click. */
const PERSON_MS = 7 * DAY_MS;
/** The owner would have to go to the terminal. */
const OWNER_MS = 30 * DAY_MS;
/** A link in a terminal is opened soon, or after a night. */
const LINK_MS = DAY_MS;
const COOKIE_KEY = "cookies";

const guildIds = z.array(z.string());

/** The sessions in a database; `now` tells the time. */
export function signInsIn(database: Database, now: () => Date): SignIns {
  const after = (ms: number) => new Date(now().getTime() + ms);
  return {
    async begin({ userId, name, guildIds }) {
      const secret = newSecret();
      const times = { created_at: now(), expires_at: after(userId === null ? OWNER_MS : PERSON_MS) };
      await database
        .insertInto("sessions")
        .values({ id: hashOf(secret), user_id: userId, name, guild_ids: JSON.stringify(guildIds), ...times })
        .execute();
      return secret;
    },
    async find(secret) {
      const row = await database
        .selectFrom("sessions")
        .selectAll()
        .where("id", "=", hashOf(secret))
        .where("expires_at", ">", now())
        .executeTakeFirst();
      return row && signedInOf(row);
    },
    async end(secret) {
      await database.deleteFrom("sessions").where("id", "=", hashOf(secret)).execute();
    },
    async makeLink() {
      const secret = newSecret();
      await database
        .insertInto("sign_ins")
        .values({ id: hashOf(secret), expires_at: after(LINK_MS) })
        .execute();
      return secret;
    },
    async useLink(secret) {
      const { numUpdatedRows } = await database
        .updateTable("sign_ins")
        .set({ is_used: true })
        .where("id", "=", hashOf(secret))
        .where("is_used", "=", false)
        .where("expires_at", ">", now())
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async cookieKey() {
      await database
        .insertInto("keys")
        .values({ name: COOKIE_KEY, bytes: randomBytes(32) })
        .onConflict((conflict) => conflict.column("name").doNothing())
        .execute();
      const found = database.selectFrom("keys").select("bytes").where("name", "=", COOKIE_KEY);
      return (await found.executeTakeFirstOrThrow()).bytes;
    },
    async deleteExpired() {
      await database.deleteFrom("sessions").where("expires_at", "<=", now()).execute();
      await database.deleteFrom("sign_ins").where("expires_at", "<=", now()).execute();
    },
  };
}

function signedInOf(row: Selectable<DashboardTables["sessions"]>): SignedIn {
  return { userId: row.user_id, name: row.name, guildIds: guildIds.parse(row.guild_ids) };
}
