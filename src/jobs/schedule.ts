/** Work that is due again and again, whoever asks for it. */

import { onPostgres, onRedis, postgresConnection, type QueueBackend, redisWorkerConnection } from "./backend.ts";

/** What is to be done, and how often. */
export interface ScheduledWork {
  /** Its name on the backend: whoever uses the same one shares the same schedule. */
  readonly name: string;
  readonly everyMs: number;
  /** Does it once; what it throws is told to `onError`, and it is done again when it is due again. */
  work(): Promise<void>;
  /** Told about failed work, lost connections and the like. */
  onError(error: unknown): void;
}

/** Work that goes on until it is closed. */
export interface Schedule {
  /** Lets work under way finish, and does no more of it. The others who asked for it go on. */
  close(): Promise<void>;
}

/** How often (ms) the backend is reminded of the schedule. */
const REMIND_MS = 10 * 60_000;
/** Scheduled jobs say nothing, so none is kept. */
const KEEP_NONE = { removeOnComplete: true, removeOnFail: true };

/**
 * Has the work done every `everyMs`, the first time at once, each time by one of all those who asked for it.
 * @throws Error when PostgreSQL can't be reached; Redis is waited for.
 */
export async function openSchedule(backend: QueueBackend, schedule: ScheduledWork): Promise<Schedule> {
  const { name, everyMs, work, onError } = schedule;
  const queue = queueOn(backend, name);
  queue.on("error", onError);
  const worker = workerOn(backend, name, work);
  worker.on("error", onError);
  worker.on("failed", (_job, error) => onError(error));
  const upsert = () => queue.upsertJobScheduler(name, { every: everyMs }, { name, opts: KEEP_NONE });
  // A Redis that came back empty has forgotten the schedule, too.
  const reminder = setInterval(() => void upsert().catch(onError), REMIND_MS);
  const close = async () => {
    clearInterval(reminder);
    await worker.close();
    await queue.close();
  };
  try {
    // The same id again changes the schedule that is there, and adds none.
    await upsert();
    await worker.waitUntilReady();
  } catch (cause) {
    await close().catch(() => undefined);
    throw cause;
  }
  return { close };
}

function queueOn(backend: QueueBackend, name: string) {
  return backend.kind === "redis"
    ? new onRedis.Queue(name, { connection: redisWorkerConnection(backend.url) })
    : new onPostgres.Queue(name, { connection: postgresConnection(backend.connectionString) });
}

function workerOn(backend: QueueBackend, name: string, work: () => Promise<void>) {
  return backend.kind === "redis"
    ? new onRedis.Worker(name, work, { connection: redisWorkerConnection(backend.url) })
    : new onPostgres.Worker(name, work, { connection: postgresConnection(backend.connectionString) });
}
