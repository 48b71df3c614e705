/** How long the aggregations take, asked as the page asks them. */

import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Tables } from "../../src/store/database.ts";
import { moodsIn } from "../../src/store/moods.ts";
import { appOn } from "./app-on.ts";
import { BIG_GUILD, type Generated, NOW } from "./generate.ts";

const ROUNDS = 7;
const DAY_MS = 86_400_000;
/** What every aggregation has to stay under, in ms. */
const LIMIT_MS = 200;

/** Times of one question, in ms. */
export interface Timed {
  readonly medianMs: number;
  readonly maxMs: number;
}

/** Asks each question several times, and returns how long the whole answer took. */
export async function timeQueries(connectionString: string, _: Generated, plans: boolean) {
  const { app, cookie, close } = await appOn(connectionString, () => NOW);
  const range = (days: number) =>
    `from=${new Date(NOW.getTime() - days * DAY_MS).toISOString()}&to=${NOW.toISOString()}&zone=Europe/Berlin`;
  const questions = {
    overview: "overview?zone=Europe/Berlin",
    "history, 90 days by day": `history?${range(90)}&step=day`,
    "history, 30 days by hour": `history?${range(30)}&step=hour`,
    "history, 90 days, one channel": `history?${range(90)}&step=day&channels=3`,
    "table, first page of 90 days": `history/table?${range(90)}&step=day`,
    "table, by hour, deep in 45 days": `history/table?${range(45)}&step=hour&after=${new Date(NOW.getTime() - 40 * DAY_MS).toISOString()}_3_live`,
    alerts: "alerts",
  };
  const times: Record<string, Timed> = {};
  for (const [name, path] of Object.entries(questions)) {
    const url = `/api/v1/guilds/${BIG_GUILD}/${path}`;
    const taken: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const begun = performance.now();
      const answer = await app.inject({ url, headers: { cookie } });
      if (answer.statusCode !== 200) throw new Error(`${name}: ${answer.body}`);
      // The first round only fills the caches.
      if (round > 0) taken.push(performance.now() - begun);
    }
    taken.sort((a, b) => a - b);
    times[name] = { medianMs: Math.round(taken[ROUNDS >> 1] ?? 0), maxMs: Math.round(taken[ROUNDS - 1] ?? 0) };
    console.error(`${name}: ${times[name].medianMs} ms (at most ${times[name].maxMs})`);
  }
  await close();
  if (plans) await printPlans(connectionString);
  const slow = Object.entries(times).filter(([, { medianMs }]) => medianMs > LIMIT_MS);
  for (const [name] of slow) console.error(`over ${LIMIT_MS} ms: ${name}`);
  return times;
}

/** Prints PostgreSQL's plan of each aggregation over 90 days. */
async function printPlans(connectionString: string): Promise<void> {
  const asked: CompiledQuery[] = [];
  const pool = new pg.Pool({ connectionString });
  const database = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void asked.push(CompiledQuery.raw(query.sql, [...query.parameters])),
  });
  const moods = moodsIn(database);
  const filter = { guildId: BIG_GUILD, from: new Date(NOW.getTime() - 90 * DAY_MS), to: NOW, zone: "Europe/Berlin" };
  await moods.steps(filter, "day");
  await moods.week(filter);
  await moods.rows(filter, "day", 50);
  for (const { sql, parameters } of [...asked]) {
    const { rows } = await pool.query(`explain (analyze, buffers, costs off) ${sql}`, [...parameters]);
    console.error(`\n${sql.replaceAll(/\s+/g, " ").trim()}\n${rows.map((row) => row["QUERY PLAN"]).join("\n")}`);
  }
  await database.destroy();
}
