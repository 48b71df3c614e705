/** Personal access tokens: programs act with them as the person who made them, within some scopes. */

import { randomUUID } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import type { DashboardTables } from "./dashboard-rows.ts";
import type { Database } from "./database.ts";
import { hashOf, newSecret } from "./secrets.ts";
import type { SignedIn } from "./sign-in.ts";

/** A token, without its secret. */
export interface AccessToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** What a token shall be. */
export interface NewAccessToken {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** The tokens. */
export interface AccessTokens {
  /** Makes a token; its secret is told this once. */
  make(who: SignedIn, wanted: NewAccessToken): Promise<{ readonly token: AccessToken; readonly secret: string }>;
  /** Whose token it is, and what it is good for; undefined when it is over. */
  use(secret: string): Promise<{ readonly who: SignedIn; readonly scopes: readonly string[] } | undefined>;
  /** A person's tokens, or the owner's, the latest first. */
  of(userId: string | null): Promise<readonly AccessToken[]>;
  /** Ends one of their tokens; false when there is no such one. */
  end(userId: string | null, id: string): Promise<boolean>;
}

/** By this, people and scanners for leaked secrets know one. */
const PREFIX = "timbre_";
/** That a token was used is noted this often (seconds). */
const NOTED_EVERY_S = 60;

const strings = z.array(z.string());

/** The tokens in a database; `now` tells the time. */
export function accessTokensIn(database: Database, now: () => Date): AccessTokens {
  return {
    async make({ userId, name: userName, guildIds }, { name, scopes, expiresAt }) {
      const secret = PREFIX + newSecret();
      const row = await database
        .insertInto("access_tokens")
        .values({
          ...{ id: randomUUID(), secret: hashOf(secret), user_id: userId, user_name: userName, name },
          ...{ guild_ids: JSON.stringify(guildIds), scopes: JSON.stringify(scopes) },
          ...{ created_at: now(), last_used_at: null, expires_at: expiresAt },
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return { token: tokenOf(row), secret };
    },
    async use(secret) {
      const at = now();
      const row = await database
        .selectFrom("access_tokens")
        .selectAll()
        .where("secret", "=", hashOf(secret))
        .where(({ eb }) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", at)]))
        .executeTakeFirst();
      if (!row) return undefined;
      await database
        .updateTable("access_tokens")
        .set({ last_used_at: at })
        .where("id", "=", row.id)
        .where(sql`coalesce(last_used_at, '-infinity')`, "<", new Date(at.getTime() - NOTED_EVERY_S * 1000))
        .execute();
      const who = { userId: row.user_id, name: row.user_name, guildIds: strings.parse(row.guild_ids) };
      return { who, scopes: strings.parse(row.scopes) };
    },
    async of(userId) {
      const theirs = database.selectFrom("access_tokens").selectAll().where("user_id", "is not distinct from", userId);
      return (await theirs.orderBy("created_at", "desc").orderBy("id").execute()).map(tokenOf);
    },
    async end(userId, id) {
      const { numDeletedRows } = await database
        .deleteFrom("access_tokens")
        .where("id", "=", id)
        .where("user_id", "is not distinct from", userId)
        .executeTakeFirstOrThrow();
      return numDeletedRows === 1n;
    },
  };
}

function tokenOf(row: Selectable<DashboardTables["access_tokens"]>): AccessToken {
  return {
    ...{ id: row.id, name: row.name, scopes: strings.parse(row.scopes) },
    ...{ createdAt: row.created_at, lastUsedAt: row.last_used_at, expiresAt: row.expires_at },
  };
}
