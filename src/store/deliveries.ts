/** Where alerts go, and whether they arrived. What is noted here goes out even if the process that noted it dies. */

import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Database } from "./database.ts";

const deliveryStatus = z.enum(["waiting", "delivered", "failed"]);
/** How far a delivery is. */
export type DeliveryStatus = z.infer<typeof deliveryStatus>;

/** One way of one alert. */
export interface Delivery {
  readonly id: string;
  readonly alertId: string;
  /** Where it goes; null: to the server's alert channel on Discord. */
  readonly webhook: { readonly id: string; readonly url: string } | null;
  readonly status: DeliveryStatus;
  /** Why it failed. */
  readonly reason: string | null;
  readonly endedAt: Date | null;
}

/** A delivery that is to be made. */
export interface DueDelivery extends Delivery {
  /** Signs what is sent; null on Discord. */
  readonly secret: string | null;
  /** Whether its webhook was switched off meanwhile. */
  readonly isOff: boolean;
}

/** The deliveries. */
export interface Deliveries {
  /** A delivery that still waits; undefined when it has ended or is gone. */
  due(id: string): Promise<DueDelivery | undefined>;
  /** Those that wait, of one alert or of all. */
  waiting(alertId?: string): Promise<readonly string[]>;
  /** Notes how a delivery ended; the first end stays. */
  end(id: string, status: "delivered" | "failed", reason?: string): Promise<void>;
}

/** Waiting deliveries that are looked at together. */
const PAGE = 500;

/** The deliveries in a database; `now` tells the time. */
export function deliveriesIn(database: Database, now: () => Date): Deliveries {
  return {
    async due(id) {
      const row = await joined(database)
        .select(["webhooks.secret", "webhooks.is_on"])
        .where("deliveries.id", "=", id)
        .where("deliveries.status", "=", "waiting")
        .executeTakeFirst();
      return row && { ...deliveryOf(row), secret: row.secret, isOff: row.is_on === false };
    },
    async waiting(alertId) {
      const all = database.selectFrom("deliveries").select("id").where("status", "=", "waiting");
      const wanted = alertId === undefined ? all : all.where("alert_id", "=", alertId);
      return (await wanted.orderBy("created_at").limit(PAGE).execute()).map(({ id }) => id);
    },
    async end(id, status, reason) {
      await database
        .updateTable("deliveries")
        .set({ status, reason: reason ?? null, ended_at: now() })
        .where("id", "=", id)
        .where("status", "=", "waiting")
        .execute();
    },
  };
}

/** Notes where an alert shall go: to the alert channel if there is one, and to each webhook that is on. */
export async function insertDeliveries(step: Database, alertId: string, guildId: string, at: Date): Promise<void> {
  const settings = await step
    .selectFrom("guild_settings")
    .select("alert_channel_id")
    .where("guild_id", "=", guildId)
    .executeTakeFirst();
  const webhooks = await step
    .selectFrom("webhooks")
    .select("id")
    .where("guild_id", "=", guildId)
    .where("is_on", "=", true)
    .execute();
  const targets = [...(settings?.alert_channel_id ? [null] : []), ...webhooks.map(({ id }) => id)];
  if (targets.length === 0) return;
  await step
    .insertInto("deliveries")
    .values(
      targets.map((webhookId) => ({
        ...{ id: randomUUID(), alert_id: alertId, webhook_id: webhookId, status: "waiting", reason: null },
        ...{ created_at: at, ended_at: null },
      })),
    )
    .execute();
}

/** Where alerts went, by their ids. */
export async function deliveriesOf(
  database: Database,
  alertIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Delivery[]>> {
  if (alertIds.length === 0) return new Map();
  const rows = await joined(database)
    .where("deliveries.alert_id", "in", alertIds)
    .orderBy("deliveries.created_at")
    .execute();
  return Map.groupBy(rows.map(deliveryOf), ({ alertId }) => alertId);
}

function joined(database: Database) {
  return database
    .selectFrom("deliveries")
    .leftJoin("webhooks", "webhooks.id", "deliveries.webhook_id")
    .select([
      ...(["deliveries.id", "deliveries.alert_id", "deliveries.status", "deliveries.reason"] as const),
      ...(["deliveries.ended_at", "deliveries.webhook_id", "webhooks.url"] as const),
    ]);
}

interface JoinedRow {
  readonly id: string;
  readonly alert_id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly ended_at: Date | null;
  readonly webhook_id: string | null;
  readonly url: string | null;
}

function deliveryOf({ id, alert_id, status, reason, ended_at, webhook_id, url }: JoinedRow): Delivery {
  return {
    ...{ id, alertId: alert_id, status: deliveryStatus.parse(status), reason, endedAt: ended_at },
    webhook: webhook_id === null || url === null ? null : { id: webhook_id, url },
  };
}
