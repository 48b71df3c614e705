/** A real worker in a process of its own whose analyzer says when it begins, and then never ends. */

import { pino } from "pino";
import { z } from "zod";
import { openStore } from "../../src/store/index.ts";
import { startWorker } from "../../src/worker/index.ts";

const given = z
  .object({
    connectionString: z.string(),
    redisUrl: z.string().optional(),
    discordApi: z.string(),
    fetchHost: z.string(),
    lockMs: z.number(),
    stalledCheckMs: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));

const { connectionString, redisUrl, discordApi, lockMs, stalledCheckMs } = given;
/** Says that it begins, and never ends. */
const hear = () => {
  process.send?.("hearing");
  return new Promise<never>(() => undefined);
};
await startWorker({
  backend: redisUrl ? { kind: "redis", url: redisUrl } : { kind: "postgres", connectionString },
  store: await openStore(connectionString),
  analyzer: {
    model: { name: "timbre", version: "1" },
    analyze: hear,
    analyzeInContext: hear,
  },
  maxDurationMs: 60_000,
  maxBytes: 1_000_000,
  fetchHosts: [given.fetchHost],
  discordApi,
  logger: pino({ level: "silent" }),
  consumer: { lockMs, stalledCheckMs },
});
