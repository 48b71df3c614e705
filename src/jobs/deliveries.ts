/** The queue of alerts on their way out: a job is a delivery's id, everything else is in the store. */

import type { Job, JobsOptions } from "bullmq";
import { onPostgres, onRedis, postgresConnection, type QueueBackend, redisWorkerConnection } from "./backend.ts";
import { backoff } from "./backoff.ts";
import { FinalError } from "./consumer.ts";

/** Name of the queue. */
export const DELIVERY_QUEUE = "deliveries";
/** With the doubling waits below that is an hour and a half: a receiver may be deployed anew meanwhile. */
const TRIES = 10;
const BACKOFF_MS = 10_000;
/** Finished jobs stay for as long (seconds), so that a delivery handed on twice is made once. */
const FINISHED_KEPT_S = 3600;

/** One try at a delivery. */
export interface DeliveryHandlers {
  /** Makes the delivery. Throwing means another try later; `FinalError` means none. */
  deliver(id: string): Promise<void>;
  /** Hears that a delivery won't be tried again, and why. */
  failed(id: string, error: Error): Promise<void>;
  /** Told about lost connections and the like. */
  onError(error: unknown): void;
}

/** Hands deliveries on, and makes them. */
export interface DeliveryQueue {
  /** Hands deliveries on. Doing it again changes nothing. */
  enqueue(ids: readonly string[]): Promise<void>;
  /** Lets the deliveries under way finish, and makes no more. */
  close(): Promise<void>;
}

/** How deliveries are tried; the default is what production uses. */
export interface DeliveryOptions {
  /** Wait before the second try, in ms; twice as long before each further one. Default 10 seconds. */
  readonly backoffMs?: number;
}

/** Opens the queue and makes deliveries until it is closed. @throws Error when PostgreSQL can't be reached. */
export async function openDeliveries(
  backend: QueueBackend,
  handlers: DeliveryHandlers,
  { backoffMs = BACKOFF_MS }: DeliveryOptions = {},
): Promise<DeliveryQueue> {
  const queue = queueOn(backend);
  const worker = workerOn(backend, (job) => handlers.deliver(job.data));
  const goodbyes = new Set<Promise<void>>();
  queue.on("error", handlers.onError);
  worker.on("error", handlers.onError);
  worker.on("failed", (job, error) => {
    if (!job?.finishedOn && !(error instanceof FinalError)) return;
    if (!job) return;
    const goodbye = handlers
      .failed(job.data, error)
      .catch(handlers.onError)
      .finally(() => goodbyes.delete(goodbye));
    goodbyes.add(goodbye);
  });
  const options = {
    attempts: TRIES,
    backoff: { type: "as-told", delay: backoffMs },
    removeOnComplete: { age: FINISHED_KEPT_S },
    removeOnFail: { age: FINISHED_KEPT_S },
  } satisfies JobsOptions;
  const close = async () => {
    await worker.close();
    await Promise.all(goodbyes);
    await queue.close();
  };
  try {
    await worker.waitUntilReady();
  } catch (cause) {
    await close().catch(() => undefined);
    throw cause;
  }
  return {
    async enqueue(ids) {
      for (const id of ids) await queue.add("delivery", id, { ...options, jobId: `delivery-${id}` });
    },
    close,
  };
}

function queueOn(backend: QueueBackend) {
  return backend.kind === "redis"
    ? new onRedis.Queue<string>(DELIVERY_QUEUE, { connection: redisWorkerConnection(backend.url) })
    : new onPostgres.Queue<string>(DELIVERY_QUEUE, { connection: postgresConnection(backend.connectionString) });
}

/** Deliveries that are made at the same time: a receiver that hangs doesn't keep the others waiting. */
const CONCURRENCY = 8;

function workerOn(backend: QueueBackend, process: (job: Job<string>) => Promise<void>) {
  const settings = { concurrency: CONCURRENCY, settings: { backoffStrategy: backoff } };
  return backend.kind === "redis"
    ? new onRedis.Worker<string>(DELIVERY_QUEUE, process, {
        ...settings,
        connection: redisWorkerConnection(backend.url),
      })
    : new onPostgres.Worker<string>(DELIVERY_QUEUE, process, {
        ...settings,
        connection: postgresConnection(backend.connectionString),
      });
}
