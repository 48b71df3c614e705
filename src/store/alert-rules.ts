/** The rules by which servers have alerts raised, and what they are tried on. */

import { randomUUID } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import type { Heard } from "../mood/alerts.ts";
import { insertAudit } from "./audit.ts";
import type { DashboardTables } from "./dashboard-rows.ts";
import type { Database } from "./database.ts";

const clockTime = z.string().regex(/^\d\d:\d\d$/);

/** What a rule says, as it is kept. */
const storedTerms = z.object({
  /** None: every channel, each by itself. */
  channelIds: z.array(z.string()),
  labels: z.array(z.string()),
  threshold: z.number(),
  windowMs: z.number(),
  minUtterances: z.number(),
  cooldownMs: z.number(),
  quiet: z.object({ from: clockTime, to: clockTime, zone: z.string() }).nullable(),
});

/** What a rule says: `AlertTerms`, and where. */
export type RuleTerms = Readonly<z.infer<typeof storedTerms>>;

/** A rule that somebody wants. */
export interface NewRule {
  readonly name: string;
  readonly isOn: boolean;
  readonly terms: RuleTerms;
}

/** A rule. */
export interface AlertRule extends NewRule {
  readonly id: string;
  readonly guildId: string;
  readonly createdAt: Date;
  readonly lastFiredAt: Date | null;
}

/** The rules. Who changes one is written into the audit log. */
export interface AlertRules {
  of(guildId: string): Promise<readonly AlertRule[]>;
  /** Undefined when the server has as many rules as it may. */
  make(guildId: string, actorId: string, rule: NewRule): Promise<AlertRule | undefined>;
  /** Undefined when it isn't there. */
  change(guildId: string, actorId: string, id: string, rule: NewRule): Promise<AlertRule | undefined>;
  /** Deletes a rule; its alerts stay. False when it isn't there. */
  remove(guildId: string, actorId: string, id: string): Promise<boolean>;
  /** What was heard in a channel after `after` and until `until`, the oldest first. */
  heard(guildId: string, channelId: string, after: Date, until: Date): Promise<readonly Heard[]>;
  /** What was heard in a server since `since`, channel by channel, the oldest first; some channels, or all. */
  heardSince(guildId: string, since: Date, channelIds: readonly string[]): Promise<ReadonlyMap<string, Heard[]>>;
}

/** Rules that one server may have; each is looked at with every reading. */
const MOST_RULES = 50;
const ACTION = "alertRule";

/** The rules in a database; `now` tells the time. */
export function alertRulesIn(database: Database, now: () => Date): AlertRules {
  const rules = (step: Database, guildId: string) =>
    step
      .selectFrom("alert_rules")
      .selectAll()
      .select(sql<Date | null>`(select max(at) from alerts where rule_id = alert_rules.id)`.as("last_fired_at"))
      .where("guild_id", "=", guildId)
      .orderBy("created_at")
      .orderBy("id");
  const find = async (step: Database, guildId: string, id: string) => {
    const row = await rules(step, guildId).where("id", "=", id).executeTakeFirst();
    return row && ruleOf(row);
  };
  const heardIn = (guildId: string) =>
    database
      .selectFrom("readings")
      .select(["channel_id", "at", "label", "confidence", "subject_id"])
      .where("guild_id", "=", guildId)
      .orderBy("at");
  return {
    of: async (guildId) => (await rules(database, guildId).execute()).map(ruleOf),
    make(guildId, actorId, rule) {
      return database.transaction().execute(async (step) => {
        const { count } = await step
          .selectFrom("alert_rules")
          .select(({ fn }) => fn.countAll<string>().as("count"))
          .where("guild_id", "=", guildId)
          .executeTakeFirstOrThrow();
        if (Number(count) >= MOST_RULES) return undefined;
        const id = randomUUID();
        await step
          .insertInto("alert_rules")
          .values({ id, guild_id: guildId, created_at: now(), ...rowOf(rule) })
          .execute();
        await insertAudit(step, { guildId, actorId, action: ACTION, from: null, to: rule, at: now() });
        return find(step, guildId, id);
      });
    },
    change(guildId, actorId, id, rule) {
      return database.transaction().execute(async (step) => {
        const before = await find(step, guildId, id);
        if (!before) return undefined;
        await step.updateTable("alert_rules").set(rowOf(rule)).where("id", "=", id).execute();
        await insertAudit(step, { guildId, actorId, action: ACTION, from: wordsOf(before), to: rule, at: now() });
        return find(step, guildId, id);
      });
    },
    remove(guildId, actorId, id) {
      return database.transaction().execute(async (step) => {
        const before = await find(step, guildId, id);
        if (!before) return false;
        await step.deleteFrom("alert_rules").where("id", "=", id).execute();
        await insertAudit(step, { guildId, actorId, action: ACTION, from: wordsOf(before), to: null, at: now() });
        return true;
      });
    },
    async heard(guildId, channelId, after, until) {
      const rows = await heardIn(guildId)
        .where("channel_id", "=", channelId)
        .where("at", ">", after)
        .where("at", "<=", until)
        .execute();
      return rows.map(heardOf);
    },
    async heardSince(guildId, since, channelIds) {
      const all = heardIn(guildId).where("at", ">=", since);
      const rows = await (channelIds.length > 0 ? all.where("channel_id", "in", channelIds) : all).execute();
      return Map.groupBy(rows, ({ channel_id }) => channel_id)
        .entries()
        .reduce(
          (channels, [channelId, those]) => channels.set(channelId, those.map(heardOf)),
          new Map<string, Heard[]>(),
        );
    },
  };
}

type HeardRow = Pick<Selectable<DashboardTables["readings"]>, "at" | "label" | "confidence" | "subject_id">;

function heardOf({ at, label, confidence, subject_id }: HeardRow): Heard {
  return { at: at.getTime(), label, confidence, subjectId: subject_id };
}

function rowOf({ name, isOn, terms }: NewRule) {
  return { name, is_on: isOn, terms: JSON.stringify(terms) };
}

function wordsOf({ name, isOn, terms }: NewRule): NewRule {
  return { name, isOn, terms };
}

function ruleOf(row: Selectable<DashboardTables["alert_rules"]> & { last_fired_at: Date | null }): AlertRule {
  return {
    ...{ id: row.id, guildId: row.guild_id, name: row.name, isOn: row.is_on, terms: storedTerms.parse(row.terms) },
    ...{ createdAt: row.created_at, lastFiredAt: row.last_fired_at },
  };
}
