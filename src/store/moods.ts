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
  readonly people: number;
  /** By label, in the order of `mood_labels`. */
  readonly counts: readonly (number | null)[];
  readonly confidence: number;
}

/** A row of the table, added up. */
interface AddedRow extends Added<Date> {
  readonly channel_id: string;
  readonly source: string;
}

/** The moods in a database. */
export function moodsIn(database: Database): Moods {
  /** Labels in the order of the counts; they only ever grow in number. */
  async function labelNames(): Promise<readonly string[]> {
    const rows = await database.selectFrom("mood_labels").select(["id", "name"]).orderBy("id").execute();
    const names: string[] = [];
    for (const { id, name } of rows) names[id - 1] = name;
    return names;
  }

  async function addUp<Key>(filter: MoodFilter, key: RawBuilder<unknown>): Promise<ReadonlyMap<Key, MoodSum>> {
    const labels = await labelNames();
    const { rows } = await sql<Added<Key>>`
      with keyed as materialized (${keyedHours(filter, key)}),
      picked as materialized (
        select key, counts, mood.confidence, people from mood_hours as mood join keyed using (hour) where ${wanted(filter)}
      ),
      sums as (select key, ${countsOf(labels)} as counts, sum(confidence) as confidence from picked group by key),
      people as (
        select key, count(*)::int as people from (select distinct key, unnest(people) from picked) as spoke group by key
      )
      select key, counts, confidence, coalesce(people, 0) as people from sums left join people using (key)
      order by key`.execute(database);
    return new Map(rows.map((row) => [row.key, sumOf(row, labels)]));
  }

  return {
    total: async (filter) => (await addUp<number>(filter, sql`0`)).get(0),
    async steps(filter, step) {
      const added = await addUp<Date>(filter, beginOf(step, filter.zone));
      return new Map([...added].map(([at, sum]) => [at.getTime(), sum]));
    },
    week(filter) {
      const local = sql`(hour at time zone ${filter.zone})`;
      return addUp<number>(
        filter,
        sql`(extract(isodow from ${local})::int - 1) * 24 + extract(hour from ${local})::int`,
      );
    },
    async rows(filter, step, limit, after) {
      const rest = after
        ? sql`where (key, channel_id, source) < (${after.at}::timestamptz, ${after.channelId ?? ""}, ${after.source})`
        : sql``;
      // What lies after the cursor isn't read at all: its step is the last that can matter.
      const until = after ? new Date(Math.min(filter.to.getTime(), endOf(after.at, step))) : filter.to;
      const part = { ...filter, to: until };
      const labels = await labelNames();
      const { rows } = await sql<AddedRow>`
        with keyed as materialized (${keyedHours(part, beginOf(step, filter.zone))}),
        picked as materialized (
          select key, channel_id, source, counts, mood.confidence, people
          from mood_hours as mood join keyed using (hour) where ${wanted(part)}
        ),
        page as materialized (
          select key, channel_id, source, ${countsOf(labels)} as counts, sum(confidence) as confidence
          from picked ${rest} group by key, channel_id, source
          order by key desc, channel_id desc, source desc limit ${limit}
        ),
        people as (
          select key, channel_id, source, count(*)::int as people
          from (
            select distinct key, channel_id, source, unnest(picked.people) from picked join page using (key, channel_id, source)
          ) as spoke group by key, channel_id, source
        )
        select page.*, coalesce(people, 0) as people from page left join people using (key, channel_id, source)
        order by key desc, channel_id desc, source desc`.execute(database);
      return rows.map((row) => ({
        ...{ at: row.key, channelId: row.channel_id || null, source: row.source, sum: sumOf(row, labels) },
      }));
    },
  };
}

/** The sums of the counts, label by label. */
function countsOf(labels: readonly string[]): RawBuilder<unknown> {
  const sums = labels.map((_, index) => sql`sum(counts[${sql.lit(index + 1)}])`);
  return sums.length > 0 ? sql`array[${sql.join(sums)}]::int[]` : sql`array[]::int[]`;
}

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

function sumOf({ people, counts, confidence }: Added<unknown>, labels: readonly string[]): MoodSum {
  const entries = labels.map((label, index): [string, number] => [label, counts[index] ?? 0]);
  const byLabel = Object.fromEntries(entries.filter(([, count]) => count > 0));
  const readings = entries.reduce((sum, [, count]) => sum + count, 0);
  const named = readings - (byLabel["uncertain"] ?? 0);
  return { readings, people, byLabel, confidence: named > 0 ? confidence / named : 0 };
}
