/**
 * `npm run bench:dashboard [-- --readings N] [--pages N] [--events N] [--plans]`: the dashboard under load, in numbers.
 *
 * Queries: as many generated readings as wanted, three months of 20 servers of which one has most, each aggregation
 * asked through the HTTP API; `--plans` prints PostgreSQL's plan of each. Streams: a server in a process of its own with
 * so many open pages, events through PostgreSQL's NOTIFY, and its heap after a collection before and after.
 * Ends with one line of JSON.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "../src/store/index.ts";
import { generate } from "./dashboard/generate.ts";
import { timeQueries } from "./dashboard/queries.ts";
import { openPages } from "./dashboard/streams.ts";

const { values } = parseArgs({
  options: {
    readings: { type: "string", default: "5000000" },
    pages: { type: "string", default: "200" },
    events: { type: "string", default: "3000" },
    plans: { type: "boolean", default: false },
  },
});

const folder = await mkdtemp(join(tmpdir(), "timbre-bench-"));
try {
  // In a folder of its own: as root, the server runs as another user, who has to get through.
  const postgres = await startEmbeddedPostgres(join(folder, "data"));
  const { connectionString } = postgres;
  try {
    const generated = await generate(connectionString, Number(values.readings));
    const queries = await timeQueries(connectionString, generated, values.plans);
    const streams = await openPages(connectionString, Number(values.pages), Number(values.events));
    const { readings, hours, biggest, seconds } = generated;
    console.log(
      JSON.stringify({ readings, rollupRows: hours, biggestServer: biggest, generatedInS: seconds, queries, streams }),
    );
  } finally {
    await postgres.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
