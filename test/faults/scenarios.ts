/** What can happen at night. Each begins when a third of the clips is answered. */

import { setTimeout as delay } from "node:timers/promises";
import type { Trial, TrialOptions } from "./trial.ts";

/** One kind of misfortune. */
export interface Scenario {
  /** What happens, in words for the table. */
  readonly what: string;
  readonly options?: Partial<TrialOptions>;
  /** Brings it about, with one worker at work; `outageMs` is how long things stay broken that last. */
  strike(trial: Trial, worker: ReturnType<Trial["startWorker"]>, outageMs: number): Promise<void>;
}

const preload = (file: string) => ({ NODE_OPTIONS: `--import ${new URL(file, import.meta.url).href}` });

/** A file that, with `poison-preload.ts`, kills the thread that reads it: no such file is known. */
const POISON = Buffer.from("POISON");

const killWorker: Scenario["strike"] = async (trial, worker) => {
  await worker.kill();
  trial.startWorker();
};

/** All kinds, by name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "worker-postgres": { what: "kill -9 of the worker, queue in PostgreSQL", strike: killWorker },
  "worker-redis": { what: "kill -9 of the worker, queue in Redis", options: { queue: "redis" }, strike: killWorker },
  postgres: { what: "kill -9 of PostgreSQL, queue in it", strike: (trial) => trial.postgres.kill() },
  "postgres-redis": {
    what: "kill -9 of PostgreSQL, queue in Redis",
    options: { queue: "redis" },
    strike: (trial) => trial.postgres.kill(),
  },
  redis: {
    what: "kill -9 of Redis, back with its file",
    options: { queue: "redis" },
    async strike(trial) {
      await trial.redis.kill();
      await delay(2000);
      await trial.redis.start();
    },
  },
  "redis-empty": {
    what: "kill -9 of Redis, back empty",
    options: { queue: "redis" },
    async strike(trial) {
      await trial.redis.kill();
      await trial.redis.start({ empty: true });
    },
  },
  "read-only": {
    what: "the database becomes read-only, queue in Redis",
    options: { queue: "redis" },
    async strike(trial, _worker, outageMs) {
      const setReadOnly = async (value: string) => {
        await trial.postgres.sql(`alter database timbre set default_transaction_read_only = ${value}`);
        await trial.postgres.sql(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'timbre' and pid <> pg_backend_pid()",
        );
      };
      await setReadOnly("on");
      await delay(outageMs);
      // The setting holds for whoever would take it back, too.
      await trial.postgres.sql("begin read write; alter database timbre reset default_transaction_read_only; commit");
      await trial.postgres.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'timbre' and pid <> pg_backend_pid()",
      );
    },
  },
  "disk-full": {
    what: "PostgreSQL's disk is full, queue in it",
    options: { diskMiB: 250 },
    async strike(trial, _worker, outageMs) {
      await trial.disk.fill();
      await delay(outageMs);
      await trial.disk.free();
    },
  },
  frozen: {
    what: "connections to PostgreSQL half-open: nothing comes through, nobody is told",
    async strike(trial) {
      trial.postgres.freeze();
    },
  },
  "redis-frozen": {
    what: "connections to Redis half-open",
    options: { queue: "redis" },
    async strike(trial) {
      trial.redis.freeze();
    },
  },
  slow: {
    what: "four files whose server stops in the middle, once each",
    options: { cdn: onceEach(["/1", "/2", "/3", "/4"], "hang") },
    strike: async () => undefined,
  },
  "discord-500": {
    what: "Discord answers 500",
    async strike(trial, _worker, outageMs) {
      trial.discord.say(500);
      await delay(outageMs);
      trial.discord.say(200);
    },
  },
  "discord-429": {
    what: "Discord answers 429",
    async strike(trial, _worker, outageMs) {
      trial.discord.say(429);
      await delay(outageMs);
      trial.discord.say(200);
    },
  },
  clock: {
    what: "the worker's clock jumps an hour ahead and back every few seconds",
    options: { env: preload("./clock-preload.ts") },
    strike: async () => undefined,
  },
  poison: {
    what: "three clips that kill the thread that reads them",
    options: {
      env: preload("./poison-preload.ts"),
      cdn: (path) => (["/5", "/6", "/7"].includes(path) ? POISON : undefined),
    },
    strike: async () => undefined,
  },
};

function onceEach(paths: readonly string[], what: "hang") {
  const left = new Set(paths);
  return (path: string) => (left.delete(path) ? what : undefined);
}
