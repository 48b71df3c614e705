/** Who changed what in a server's settings, and when. */

import type { Selectable } from "kysely";
import type { Database, Tables } from "./database.ts";

/** One change. */
export interface AuditEntry {
  readonly guildId: string;
  readonly actorId: string;
  /** What was changed, e.g. `retentionDays`. */
  readonly action: string;
  /** What it was before, as JSON. */
  readonly from: unknown;
  /** What it is since, as JSON. */
  readonly to: unknown;
  readonly at: Date;
}

/** The changes, the latest first. */
export interface Audit {
  /** A server's latest changes, at most `limit`. */
  of(guildId: string, limit: number): Promise<readonly AuditEntry[]>;
  /** Every change that a person made. */
  by(actorId: string): Promise<readonly AuditEntry[]>;
}

/** The changes in a database. */
export function auditIn(database: Database): Audit {
  const latestFirst = () => database.selectFrom("audit").selectAll().orderBy("id", "desc");
  return {
    of: async (guildId, limit) =>
      (await latestFirst().where("guild_id", "=", guildId).limit(limit).execute()).map(entryOf),
    by: async (actorId) => (await latestFirst().where("actor_id", "=", actorId).execute()).map(entryOf),
  };
}

/** Writes a change down; in the same transaction as the change, so that there is never one without the other. */
export async function insertAudit(database: Database, entry: AuditEntry): Promise<void> {
  const { guildId, actorId, action, from, to, at } = entry;
  await database
    .insertInto("audit")
    .values({
      ...{ guild_id: guildId, actor_id: actorId, action, at },
      before: JSON.stringify(from),
      after: JSON.stringify(to),
    })
    .execute();
}

function entryOf({ guild_id, actor_id, action, before, after, at }: Selectable<Tables["audit"]>): AuditEntry {
  return { guildId: guild_id, actorId: actor_id, action, from: before, to: after, at };
}
