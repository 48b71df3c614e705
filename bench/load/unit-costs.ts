/** What one clip costs each part of an installation, for plans on paper. */

import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { openTrial, type Trial, type TrialOptions } from "../../test/faults/trial.ts";
import { query } from "../../test/support/postgres.ts";
import { round } from "../statistics.ts";
import { familyCpuSeconds } from "./processes.ts";

/** PostgreSQL's sessions tell what they did after a second at the latest. */
const STATISTICS_MS = 1500;

/** The mean over the clips of a trial. */
export interface UnitCosts {
  readonly queue: TrialOptions["queue"];
  readonly clips: number;
  readonly secondsOfAudio: number;
  /** Processor time of the worker, of PostgreSQL with its sessions, and of Redis. */
  readonly workerMs: number;
  readonly postgresMs: number;
  readonly redisMs?: number;
  /** Transactions, what they write ahead, and what stays when the clip is answered, queue and indexes included. */
  readonly commits: number;
  readonly walKiB: number;
  readonly storedKiB: number;
  /** Commands of Redis, and what it holds of a clip that waits. */
  readonly redisCommands?: number;
  readonly redisWaitingKiB?: number;
}

/** Has one worker hear clips that wait already, and divides. */
export async function unitCosts(options: TrialOptions & { readonly lengthsMs: readonly number[] }): Promise<UnitCosts> {
  const { queue, clips, lengthsMs } = options;
  const trial = await openTrial(options);
  const worker = trial.startWorker();
  await worker.logged.find((line) => line.includes("status is served"), "the worker");
  // What a worker does when it starts isn't a clip's cost.
  const look = () => account(trial, queue, worker.child.pid ?? 0);
  const before = await look();
  worker.child.kill("SIGSTOP");
  await trial.askAll();
  const waiting = await redisOf(trial, queue);
  worker.child.kill("SIGCONT");
  await trial.answered(1);
  await delay(STATISTICS_MS);
  const after = await look();
  await trial.close();
  const perClip = (of: (account: Account) => number) => round((of(after) - of(before)) / clips);
  return {
    ...{ queue, clips, secondsOfAudio: round(lengthsMs.reduce((a, b) => a + b) / lengthsMs.length / 1000) },
    workerMs: perClip(({ workerSeconds }) => workerSeconds * 1000),
    postgresMs: perClip(({ postgresSeconds }) => postgresSeconds * 1000),
    commits: perClip(({ commits }) => commits),
    walKiB: perClip(({ walBytes }) => walBytes / 1024),
    storedKiB: perClip(({ storedBytes }) => storedBytes / 1024),
    ...(before.redis &&
      waiting && {
        redisMs: perClip(({ redis }) => (redis?.seconds ?? 0) * 1000),
        redisCommands: perClip(({ redis }) => redis?.commands ?? 0),
        redisWaitingKiB: round((waiting.bytes - before.redis.bytes) / 1024 / clips),
      }),
  };
}

type Account = Awaited<ReturnType<typeof account>>;

/** What all of it has cost so far. */
async function account(trial: Trial, queue: TrialOptions["queue"], worker: number) {
  const [row] = await query(
    trial.databaseUrl,
    `select xact_commit, pg_current_wal_lsn() - '0/0' as wal, pg_database_size(datname) as stored
     from pg_stat_database where datname = current_database()`,
  );
  return {
    workerSeconds: await familyCpuSeconds(worker),
    postgresSeconds: await familyCpuSeconds(await trial.postgres.pid()),
    commits: Number(row?.["xact_commit"]),
    walBytes: Number(row?.["wal"]),
    storedBytes: Number(row?.["stored"]),
    redis: await redisOf(trial, queue),
  };
}

async function redisOf({ redis }: Trial, queue: TrialOptions["queue"]) {
  if (queue !== "redis") return undefined;
  const client = new Redis(redis.url);
  try {
    const info = await client.info();
    const field = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(info)?.[1]);
    return {
      seconds: field("used_cpu_user") + field("used_cpu_sys"),
      commands: field("total_commands_processed"),
      bytes: field("used_memory"),
    };
  } finally {
    client.disconnect();
  }
}
