/** Addresses outside that hear of a server's alerts. */

import { randomBytes, randomUUID } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { insertAudit } from "./audit.ts";
import type { DashboardTables } from "./dashboard-rows.ts";
import type { Database } from "./database.ts";
import type { DeliveryStatus } from "./deliveries.ts";

/** A webhook, without its secret. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly isOn: boolean;
  readonly createdAt: Date;
  /** How its last delivery ended; null before the first. */
  readonly lastStatus: DeliveryStatus | null;
}

/** The webhooks. Who changes one is written into the audit log, its host alone: a path can hold somebody's secret. */
export interface Webhooks {
  of(guildId: string): Promise<readonly Webhook[]>;
  /** Adds one, and tells its secret this once. Undefined when the server has as many as it may. */
  make(guildId: string, actorId: string, url: string): Promise<{ webhook: Webhook; secret: string } | undefined>;
  /** Undefined when it isn't there. */
  turn(guildId: string, actorId: string, id: string, isOn: boolean): Promise<Webhook | undefined>;
  /** False when it isn't there. */
  remove(guildId: string, actorId: string, id: string): Promise<boolean>;
}

/** Webhooks that one server may have; every alert goes to each. */
const MOST_WEBHOOKS = 10;
/** As standardwebhooks.com has it: 24 to 64 bytes, with this before them. */
const SECRET_BYTES = 32;
const SECRET_PREFIX = "whsec_";
const ACTION = "webhook";

/** The webhooks in a database; `now` tells the time. */
export function webhooksIn(database: Database, now: () => Date): Webhooks {
  const webhooks = (step: Database, guildId: string) =>
    step
      .selectFrom("webhooks")
      .selectAll()
      .select(
        sql<DeliveryStatus | null>`(select status from deliveries where webhook_id = webhooks.id
          order by created_at desc limit 1)`.as("last_status"),
      )
      .where("guild_id", "=", guildId)
      .orderBy("created_at")
      .orderBy("id");
  const find = (step: Database, guildId: string, id: string) =>
    webhooks(step, guildId).where("id", "=", id).executeTakeFirst();
  return {
    of: async (guildId) => (await webhooks(database, guildId).execute()).map(webhookOf),
    make(guildId, actorId, url) {
      return database.transaction().execute(async (step) => {
        if ((await webhooks(step, guildId).execute()).length >= MOST_WEBHOOKS) return undefined;
        const id = randomUUID();
        const secret = SECRET_PREFIX + randomBytes(SECRET_BYTES).toString("base64");
        const row = { id, guild_id: guildId, url, secret, is_on: true, created_at: now() };
        await step.insertInto("webhooks").values(row).execute();
        const to = { host: new URL(url).host, isOn: true };
        await insertAudit(step, { guildId, actorId, action: ACTION, from: null, to, at: now() });
        return { webhook: webhookOf({ ...row, last_status: null }), secret };
      });
    },
    turn(guildId, actorId, id, isOn) {
      return database.transaction().execute(async (step) => {
        const before = await find(step, guildId, id);
        if (!before) return undefined;
        await step.updateTable("webhooks").set({ is_on: isOn }).where("id", "=", id).execute();
        const { host } = new URL(before.url);
        const [from, to] = [
          { host, isOn: before.is_on },
          { host, isOn },
        ];
        await insertAudit(step, { guildId, actorId, action: ACTION, from, to, at: now() });
        return webhookOf({ ...before, is_on: isOn });
      });
    },
    remove(guildId, actorId, id) {
      return database.transaction().execute(async (step) => {
        const before = await find(step, guildId, id);
        if (!before) return false;
        await step.deleteFrom("webhooks").where("id", "=", id).execute();
        const from = { host: new URL(before.url).host, isOn: before.is_on };
        await insertAudit(step, { guildId, actorId, action: ACTION, from, to: null, at: now() });
        return true;
      });
    },
  };
}

type Row = Selectable<DashboardTables["webhooks"]> & { last_status: DeliveryStatus | null };

function webhookOf({ id, url, is_on, created_at, last_status }: Row): Webhook {
  return { id, url, isOn: is_on, createdAt: created_at, lastStatus: last_status };
}
