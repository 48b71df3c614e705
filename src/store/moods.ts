/** Servers' moods over time: readings of many people added up. Who they are never leaves the database. */

import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";

/** Which readings of a server. */
export interface MoodFilter {
  readonly guildId: string;
  /** From the hour in which this is; not included: from `to` on. */
  readonly from: Date;
  readonly to: Date;
  /** All channels where there is none. */
  readonly channelIds?: readonly string[] | undefined;
  /** All sources where there is none. */
  readonly sources?: readonly string[] | undefined;
  /** The time zone in which days and weekdays are counted. */
  readonly zone: string;
}

/** How long a step is. */
export type MoodStep = "hour" | "day" | "week";

/** Many readings together. */
export interface MoodSum {
  readonly readings: number;
  readonly people: number;
  /** How many readings have each label; `uncertain` for those that have none. */
  readonly byLabel: Readonly<Record<string, number>>;
  /** Mean confidence of the readings with a label; 0 where there is none. */
  readonly confidence: number;
}

/** A step in one channel from one source. */
export interface MoodRow {
  readonly at: Date;
  /** Null where it isn't known. */
  readonly channelId: string | null;
  readonly source: string;
  readonly sum: MoodSum;
}

/** Where a page of rows ends. */
export type MoodCursor = Pick<MoodRow, "at" | "channelId" | "source">;

/** The moods. */
export interface Moods {
  /** Everything together; undefined where nobody spoke. */
  total(filter: MoodFilter): Promise<MoodSum | undefined>;
  /** Step by step, by when each begins (ms); steps in which nobody spoke are left out. */
  steps(filter: MoodFilter, step: MoodStep): Promise<ReadonlyMap<number, MoodSum>>;
  /** By hour of the week: 24 times the weekday (Monday is 0), plus the hour. */
  week(filter: MoodFilter): Promise<ReadonlyMap<number, MoodSum>>;
  /** Step by step, channel and source, the latest first, at most `limit`, those after `after`. */
  rows(filter: MoodFilter, step: MoodStep, limit: number, after?: MoodCursor): Promise<readonly MoodRow[]>;
}

/** The readings of one key, added up by PostgreSQL. */
interface Added<Key> {
  readonly key: Key;
  readonly readings: number;
  readonly people: number;
  readonly by_label: Record<string, number>;
  readonly confidence: number;
}

/** The moods in a database. */
export function moodsIn(database: Database): Moods {
  async function addUp<Key>(filter: MoodFilter, key: RawBuilder<unknown>): Promise<readonly Added<Key>[]> {
    const { rows } = await sql<Added<Key>>`
      with keyed as materialized (${keyedHours(filter, key)}),
      cells as materialized (
        select key, subject_id, label, sum(readings)::int as readings, sum(mood.confidence) as confidence
        from mood_hours as mood join keyed using (hour) where ${wanted(filter)} group by key, subject_id, label
      )
      ${ADDED}`.execute(database);
    return rows;
  }

  return {
    async total(filter) {
      const [added] = await addUp<number>(filter, sql`0`);
      return added && sumOf(added);
    },
    async steps(filter, step) {
      const added = await addUp<Date>(filter, beginOf(step, filter.zone));
      return new Map(added.map((each) => [each.key.getTime(), sumOf(each)]));
    },
    async week(filter) {
      const local = sql`(hour at time zone ${filter.zone})`;
      const added = await addUp<number>(
        filter,
        sql`(extract(isodow from ${local})::int - 1) * 24 + extract(hour from ${local})::int`,
      );
      return new Map(added.map((each) => [each.key, sumOf(each)]));
    },
    async rows(filter, step, limit, after) {
      const rest = after
        ? sql`where (at, channel_id, source) < (${after.at}::timestamptz, ${after.channelId ?? ""}, ${after.source})`
        : sql``;
      // What lies after the cursor isn't read at all: its step is the last that can matter.
      const until = after ? new Date(Math.min(filter.to.getTime(), endOf(after.at, step))) : filter.to;
      const part = { ...filter, to: until };
      const { rows } = await sql<Added<never> & { at: Date; channel_id: string; source: string }>`
        with keyed as materialized (${keyedHours(part, beginOf(step, filter.zone))}),
        cells as (
          select key as at, channel_id, source, subject_id, label,
            sum(readings)::int as readings, sum(mood.confidence) as confidence
          from mood_hours as mood join keyed using (hour) where ${wanted(part)} group by 1, 2, 3, 4, 5
        ),
        labels as (
          select at, channel_id, source, label, sum(readings)::int as readings, sum(confidence) as confidence
          from cells ${rest} group by 1, 2, 3, 4
        ),
        people as (
          select at, channel_id, source, count(distinct nullif(subject_id, ''))::int as people from cells ${rest} group by 1, 2, 3
        )
        select at, channel_id, source, people, sum(readings)::int as readings, sum(confidence) as confidence,
          jsonb_object_agg(label, readings) as by_label
        from labels join people using (at, channel_id, source) group by 1, 2, 3, 4
        order by at desc, channel_id desc, source desc limit ${limit}`.execute(database);
      return rows.map((row) => ({
        ...{ at: row.at, channelId: row.channel_id || null, source: row.source },
        sum: sumOf(row),
      }));
    },
  };
}

/** From `cells` (key, person, label) to one row a key. */
const ADDED = sql`
  select key, people, sum(readings)::int as readings, sum(confidence) as confidence, jsonb_object_agg(label, readings) as by_label
  from (select key, label, sum(readings)::int as readings, sum(confidence) as confidence from cells group by key, label) as labels
  join (select key, count(distinct nullif(subject_id, ''))::int as people from cells group by key) as people using (key)
  group by key, people order by key`;

/** Each hour of the range with its key. A time zone's arithmetic is done once an hour, not once a row. */
function keyedHours({ from, to }: MoodFilter, key: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select hour, ${key} as key
    from generate_series(date_trunc('hour', ${from}::timestamptz, 'UTC'), ${to}::timestamptz, interval '1 hour') as hour
    where hour < ${to}::timestamptz`;
}

function wanted({ guildId, from, to, channelIds, sources }: MoodFilter): RawBuilder<unknown> {
  const channels = channelIds ? sql`and mood.channel_id = any(${channelIds})` : sql``;
  const ways = sources ? sql`and mood.source = any(${sources})` : sql``;
  return sql`
    mood.guild_id = ${guildId} and mood.hour >= date_trunc('hour', ${from}::timestamptz, 'UTC')
    and mood.hour < ${to}::timestamptz ${channels} ${ways}`;
}

function beginOf(step: MoodStep, zone: string): RawBuilder<unknown> {
  return sql`date_trunc(${step}, hour, ${zone})`;
}

const HOUR_MS = 3_600_000;
/** No step is longer (ms): a day in which clocks are put back has 25 hours. */
const LONGEST_MS = { hour: HOUR_MS, day: 25 * HOUR_MS, week: 169 * HOUR_MS } as const;

function endOf(begin: Date, step: MoodStep): number {
  return begin.getTime() + LONGEST_MS[step];
}

function sumOf({ readings, people, by_label, confidence }: Added<unknown>): MoodSum {
  const named = readings - (by_label["uncertain"] ?? 0);
  return { readings, people, byLabel: by_label, confidence: named > 0 ? confidence / named : 0 };
}
