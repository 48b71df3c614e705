/** Where the queue lives: in PostgreSQL, or in Redis. */

import { createPostgresBackend, createRedisBackend, type Telemetry, withBackend } from "bullmq";

/** A server that holds the queue, by its connection string; and what is told about each job on its way, if anything. */
export type QueueBackend = { readonly telemetry?: Telemetry | undefined } & (
  | { readonly kind: "postgres"; readonly connectionString: string }
  | { readonly kind: "redis"; readonly url: string }
);

/** Connections that one queue or worker may hold to PostgreSQL. PostgreSQL allows 100 in all by default. */
const POSTGRES_CONNECTIONS = 5;

/** How long (ms) PostgreSQL may take to let us in, and PostgreSQL and Redis to answer. */
const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 30_000;
/** How long (ms) somebody who asks for a clip waits for Redis before they are told that it didn't work. */
const ACCEPT_WITHIN_MS = 5000;

/** BullMQ's classes for PostgreSQL. */
export const onPostgres = withBackend(createPostgresBackend);
/** BullMQ's classes for Redis. */
export const onRedis = withBackend(createRedisBackend);

/** How to connect to PostgreSQL; BullMQ's tables are brought up to date on the way, in a schema of their own. */
export function postgresConnection(connectionString: string) {
  return {
    ...{ connectionString, migrate: true, max: POSTGRES_CONNECTIONS },
    // A connection that leads nowhere any more is given up, instead of being waited for as long as TCP does.
    ...{ keepAlive: true, connectionTimeoutMillis: CONNECT_WITHIN_MS, query_timeout: ANSWER_WITHIN_MS },
  };
}

/** How to connect to Redis to add jobs: whoever waits for the answer wants a failure soon rather than success late. */
export function redisProducerConnection(url: string) {
  return { url, maxRetriesPerRequest: 1, enableOfflineQueue: false, socketTimeout: ACCEPT_WITHIN_MS };
}

/**
 * How to connect to Redis to take jobs: a worker waits for as long as Redis is away, as BullMQ demands. BullMQ lets Redis keep
 * an answer back for ten seconds at most, so a connection that says nothing for longer leads nowhere.
 */
export function redisWorkerConnection(url: string) {
  return { url, maxRetriesPerRequest: null, socketTimeout: ANSWER_WITHIN_MS };
}

/** The part of BullMQ's options that has its jobs traced. */
export function tracedBy({ telemetry }: QueueBackend): { telemetry?: Telemetry } {
  return telemetry === undefined ? {} : { telemetry };
}
