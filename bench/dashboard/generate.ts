/** Generated readings: sessions of people in voice channels, as a busy installation has them. */

import pg from "pg";
import { openStore } from "../../src/store/index.ts";

/** The server that has the most readings; half of all. */
export const BIG_GUILD = "1000";
/** "Now", to the rest of the benchmark. */
export const NOW = new Date("2026-03-10T12:00:00Z");

const GUILDS = 20;
const DAYS = 90;
const CHANNELS = 12;
const PEOPLE = 400;
/** Utterances of one person in one hour of talk. */
const UTTERANCES = 40;

/** What was generated. */
export interface Generated {
  readonly readings: number;
  /** Rows of the rollup. */
  readonly hours: number;
  /** Readings of the biggest server. */
  readonly biggest: number;
  readonly seconds: number;
}

/**
 * Fills a database with `count` readings, without their clips, which no aggregation reads. The triggers that keep the
 * rollups are for one clip at a time and would take an hour, so they are off; the rollups are added up at the end, and
 * compared with the readings.
 */
export async function generate(connectionString: string, count: number): Promise<Generated> {
  const store = await openStore(connectionString);
  await store.close();
  const client = new pg.Client({ connectionString });
  await client.connect();
  const begun = performance.now();
  try {
    await client.query("set session_replication_role = replica");
    await client.query("set synchronous_commit = off");
    const sessions = Math.ceil(count / UTTERANCES);
    await client.query(
      `insert into readings
       select id, guild_id, channel::text, case when channel = 0 then 'automatic' else 'live' end, person::text, at,
         case when dice < 15 then 'anger' when dice < 25 then 'sadness' when dice < 30 then 'fear' when dice < 35 then 'surprise'
           when dice < 38 then 'disgust' when dice < 55 then 'happiness' when dice < 85 then 'neutral' end, 0.7
       from (
         select session * ${UTTERANCES} + utterance as id,
           case when session % 2 = 0 then ${BIG_GUILD} else ${BIG_GUILD} + 1 + session % ${GUILDS - 1} end::text as guild_id,
           (hashint4(session) & 2147483647) % ${CHANNELS} as channel,
           (hashint4(session + 7) & 2147483647) % ${PEOPLE} as person,
           $1::timestamptz - interval '1 hour' * ((hashint4(session + 13) & 2147483647) % ${DAYS * 24})
             - interval '1 second' * (utterance * 80) as at,
           (hashint4(session * 31 + utterance) & 2147483647) % 100 as dice
         from generate_series(1, $2::int) as session, generate_series(0, ${UTTERANCES - 1}) as utterance limit $3::int
       ) as generated`,
      [NOW, sessions, count],
    );
    const labels = ["anger", "sadness", "fear", "surprise", "disgust", "happiness", "neutral", "uncertain"];
    for (const label of labels) await client.query("insert into mood_labels (name) values ($1)", [label]);
    const counts = labels.map((label) => `count(*) filter (where coalesce(label, 'uncertain') = '${label}')`);
    await client.query(
      `insert into mood_hours
       select guild_id, date_trunc('hour', at, 'UTC'), channel_id, source, array[${counts.join(", ")}]::int[],
         sum(case when label is not null then confidence else 0 end), array_agg(distinct hashtextextended(subject_id, 0))
       from readings group by 1, 2, 3, 4`,
    );
    await client.query("vacuum analyze");
    const { rows } = await client.query(
      `select (select count(*) from readings)::int as readings, (select count(*) from mood_hours)::int as hours,
         (select sum(count) from mood_hours, unnest(counts) as count)::int as summed, (select count(*) from readings where guild_id = $1)::int as biggest`,
      [BIG_GUILD],
    );
    const { readings, hours, summed, biggest } = rows[0];
    if (readings !== summed) throw new Error(`The rollup has ${summed} of ${readings} readings.`);
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.error(`${readings} readings, ${hours} rows of rollup, in ${seconds} s`);
    return { readings, hours, biggest, seconds };
  } finally {
    await client.end();
  }
}
