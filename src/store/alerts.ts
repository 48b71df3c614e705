/** Alerts: raised by rules, handled by people, never acted upon by Timbre itself. */

import { randomUUID } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import { type Firing, isCoolingDown } from "../mood/alerts.ts";
import type { AlertRule } from "./alert-rules.ts";
import { insertAudit } from "./audit.ts";
import { insertChange } from "./changes.ts";
import type { DashboardTables } from "./dashboard-rows.ts";
import type { Database } from "./database.ts";
import { type Delivery, deliveriesOf, insertDeliveries } from "./deliveries.ts";
import { DEFAULT_RETENTION_DAYS } from "./guild-settings.ts";

const alertState = z.enum(["open", "acknowledged", "dismissed"]);
/** How far people are with an alert. */
export type AlertState = z.infer<typeof alertState>;

const storedEvidence = z.object({
  labels: z.array(z.string()),
  threshold: z.number(),
  share: z.number(),
  utterances: z.number(),
  matching: z.number(),
  people: z.number(),
  confidence: z.number(),
  from: z.number(),
  to: z.number(),
});

/** An alert. */
export interface Alert extends Firing {
  readonly id: string;
  readonly guildId: string;
  /** Empty where it isn't known. */
  readonly channelId: string;
  /** Null when the rule is gone. */
  readonly ruleId: string | null;
  readonly ruleName: string;
  /** Grows from alert to alert. */
  readonly number: number;
  readonly state: AlertState;
  readonly note: string | null;
  readonly handledBy: string | null;
  readonly handledAt: Date | null;
}

/** What somebody makes of an alert. */
export interface Handling {
  readonly state: AlertState;
  readonly note: string | null;
}

/** A page of the inbox. */
export interface AlertPage {
  readonly state?: AlertState | undefined;
  /** The number of the last alert before the page. */
  readonly after?: number | undefined;
  readonly limit: number;
}

/** The alerts. That one is raised or handled is an event (see `Changes`). */
export interface Alerts {
  /**
   * Raises an alert, and notes where it shall go. Undefined where the rule has just raised one in the channel, is off
   * or gone: of all workers that find the same, one raises it.
   */
  raise(rule: AlertRule, channelId: string, firing: Firing): Promise<Alert | undefined>;
  find(id: string): Promise<Alert | undefined>;
  /** A server's alerts, the latest first. */
  of(guildId: string, page: AlertPage): Promise<readonly Alert[]>;
  /** How many are open. */
  open(guildId: string): Promise<number>;
  /** Where alerts went, by their ids. */
  deliveries(alertIds: readonly string[]): Promise<ReadonlyMap<string, readonly Delivery[]>>;
  /** Notes what somebody makes of an alert, also in the audit log; undefined when it isn't there. */
  handle(guildId: string, actorId: string, id: string, handling: Handling): Promise<Alert | undefined>;
  /** Deletes the alerts that their server doesn't want kept any longer, and says how many. */
  deleteExpired(): Promise<number>;
}

/** The alerts in a database; `now` tells the time. */
export function alertsIn(database: Database, now: () => Date): Alerts {
  const all = (step = database) => step.selectFrom("alerts").selectAll();
  return {
    raise(rule, channelId, firing) {
      return database.transaction().execute(async (step) => {
        const isThere = await step
          .selectFrom("alert_rules")
          .select("id")
          .where("id", "=", rule.id)
          .where("is_on", "=", true)
          // Others who want to raise it wait here, and then see that it is.
          .forUpdate()
          .executeTakeFirst();
        if (!isThere) return undefined;
        const { last } = await step
          .selectFrom("alerts")
          .select(({ fn }) => fn.max("at").as("last"))
          .where("rule_id", "=", rule.id)
          .where("channel_id", "=", channelId)
          .executeTakeFirstOrThrow();
        const lastAt = last === null ? undefined : new Date(last).getTime();
        if (lastAt === firing.at || isCoolingDown(rule.terms, lastAt, firing.at)) return undefined;
        const row = await step
          .insertInto("alerts")
          .values({
            ...{ id: randomUUID(), guild_id: rule.guildId, channel_id: channelId, rule_id: rule.id },
            ...{ rule_name: rule.name, at: new Date(firing.at), is_quiet: firing.isQuiet },
            ...{ evidence: JSON.stringify(firing.evidence), state: "open", note: null },
            ...{ handled_by: null, handled_at: null },
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        const alert = alertOf(row);
        if (!alert.isQuiet) await insertDeliveries(step, alert.id, rule.guildId, now());
        await tell(step, alert, now());
        return alert;
      });
    },
    async find(id) {
      const row = await all().where("id", "=", id).executeTakeFirst();
      return row && alertOf(row);
    },
    async of(guildId, { state, after, limit }) {
      let wanted = all().where("guild_id", "=", guildId);
      if (state !== undefined) wanted = wanted.where("state", "=", state);
      if (after !== undefined) wanted = wanted.where("number", "<", String(after));
      return (await wanted.orderBy("number", "desc").limit(limit).execute()).map(alertOf);
    },
    async open(guildId) {
      const { count } = await database
        .selectFrom("alerts")
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .where("guild_id", "=", guildId)
        .where("state", "=", "open")
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    deliveries: (alertIds) => deliveriesOf(database, alertIds),
    handle(guildId, actorId, id, { state, note }) {
      return database.transaction().execute(async (step) => {
        const found = await all(step)
          .where("id", "=", id)
          .where("guild_id", "=", guildId)
          .forUpdate()
          .executeTakeFirst();
        if (!found) return undefined;
        const at = now();
        const handled =
          state === "open" ? { handled_by: null, handled_at: null } : { handled_by: actorId, handled_at: at };
        const row = await step
          .updateTable("alerts")
          .set({ state, note, ...handled })
          .where("id", "=", id)
          .returningAll()
          .executeTakeFirstOrThrow();
        const from = { alertId: id, state: found.state, note: found.note };
        await insertAudit(step, { guildId, actorId, action: "alert", from, to: { alertId: id, state, note }, at });
        const alert = alertOf(row);
        await tell(step, alert, at);
        return alert;
      });
    },
    async deleteExpired() {
      const { numAffectedRows } = await sql`
        delete from alerts where at <= ${now()}::timestamptz - interval '1 day' * coalesce(
          (select retention_days from guild_settings where guild_settings.guild_id = alerts.guild_id),
          ${DEFAULT_RETENTION_DAYS})`.execute(database);
      return Number(numAffectedRows ?? 0n);
    },
  };
}

async function tell(step: Database, { id, guildId, channelId, state, ruleName }: Alert, at: Date): Promise<void> {
  await insertChange(step, { kind: "alert", alertId: id, guildId, channelId: channelId || null, state, ruleName }, at);
}

function alertOf(row: Selectable<DashboardTables["alerts"]>): Alert {
  return {
    ...{ id: row.id, guildId: row.guild_id, channelId: row.channel_id, ruleId: row.rule_id, ruleName: row.rule_name },
    ...{ at: row.at.getTime(), number: Number(row.number), isQuiet: row.is_quiet },
    ...{ evidence: storedEvidence.parse(row.evidence), state: alertState.parse(row.state), note: row.note },
    ...{ handledBy: row.handled_by, handledAt: row.handled_at },
  };
}
