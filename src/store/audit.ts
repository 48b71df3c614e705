/** Who changed, looked at or exported what of a server, and when. */

import { type Selectable, sql } from "kysely";
import { z } from "zod";
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

/** A look at a server's data, or an export of it. */
export interface Look {
  readonly guildId: string;
  readonly actorId: string;
  readonly kind: "view" | "export";
  /** What was looked at, e.g. `history`. */
  readonly action: string;
  /** What was asked for, as JSON. */
  readonly asked: unknown;
}

const auditKind = z.enum(["change", "view", "export"]);

/** An entry of the log, with its number. */
export interface NumberedEntry extends AuditEntry {
  readonly id: string;
  readonly kind: z.infer<typeof auditKind>;
}

/** A page of the log. */
export interface AuditPage {
  /** Changes, looks or exports alone. */
  readonly kind?: NumberedEntry["kind"] | undefined;
  /** The number of the last entry before the page. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Who changed, looked at or exported what; the latest first. */
export interface Audit {
  /** A server's latest changes, at most `limit`. */
  of(guildId: string, limit: number): Promise<readonly AuditEntry[]>;
  /** A page of a server's whole log. */
  page(guildId: string, page: AuditPage): Promise<readonly NumberedEntry[]>;
  /** Everything that a person did. */
  by(actorId: string): Promise<readonly AuditEntry[]>;
  /** Notes a look or an export. The same look again within minutes is the same look: a page asks by itself, too. */
  note(look: Look): Promise<void>;
  /** Deletes looks and exports from before `date`. */
  deleteLooksBefore(date: Date): Promise<void>;
}

/** So long (ms) the same look is one. */
const SAME_LOOK_MS = 10 * 60_000;

/** The log in a database; `now` tells the time. */
export function auditIn(database: Database, now: () => Date): Audit {
  const latestFirst = () => database.selectFrom("audit").selectAll().orderBy("id", "desc");
  return {
    async of(guildId, limit) {
      const changes = latestFirst().where("guild_id", "=", guildId).where("kind", "=", "change");
      return (await changes.limit(limit).execute()).map(entryOf);
    },
    async page(guildId, { kind, after, limit }) {
      let wanted = latestFirst().where("guild_id", "=", guildId);
      if (kind !== undefined) wanted = wanted.where("kind", "=", kind);
      if (after !== undefined) wanted = wanted.where("id", "<", after);
      const rows = await wanted.limit(limit).execute();
      return rows.map((row) => ({ ...entryOf(row), id: row.id, kind: auditKind.parse(row.kind) }));
    },
    by: async (actorId) => (await latestFirst().where("actor_id", "=", actorId).execute()).map(entryOf),
    async note({ guildId, actorId, kind, action, asked }) {
      const at = now();
      const after = JSON.stringify(asked ?? null);
      await sql`
        insert into audit (guild_id, actor_id, kind, action, before, after, at)
        select ${guildId}, ${actorId}, ${kind}, ${action}, null, ${after}::jsonb, ${at}::timestamptz
        where ${kind} = 'export' or not exists (
          select 1 from audit where guild_id = ${guildId} and actor_id = ${actorId} and kind = ${kind} and action = ${action}
            and after = ${after}::jsonb and at > ${new Date(at.getTime() - SAME_LOOK_MS)}::timestamptz
        )`.execute(database);
    },
    async deleteLooksBefore(date) {
      await database.deleteFrom("audit").where("kind", "<>", "change").where("at", "<", date).execute();
    },
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
