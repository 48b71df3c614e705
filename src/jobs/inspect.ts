/** Looks at the queue without changing anything, for `timbre doctor`. */

import { DEFAULT_SCHEMA } from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import type { QueueBackend } from "./backend.ts";

/** What was found; the words are for whoever runs Timbre. */
export interface QueueInspection {
  /** What holds the queue, e.g. `Redis 7.0.15`. */
  readonly server: string;
  /** Whether it has been used yet; PostgreSQL gets its tables at the first start. */
  readonly isMade: boolean;
  /** Whether jobs are thrown away when its memory is full. */
  readonly isEvicting: boolean;
}

/** How long a server may take to answer, in ms. */
const PATIENCE_MS = 5000;

/** Looks at a queue. @throws Error when its server can't be reached. */
export function inspectQueue(backend: QueueBackend): Promise<QueueInspection> {
  return backend.kind === "redis" ? inspectRedis(backend.url) : inspectPostgres(backend.connectionString);
}

async function inspectRedis(url: string): Promise<QueueInspection> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: PATIENCE_MS, retryStrategy: () => null });
  // The connection's own error says more than "Connection is closed.", which the commands then say.
  let reason: Error | undefined;
  redis.on("error", (error: Error) => {
    reason ??= error;
  });
  try {
    await redis.connect();
    const info = await redis.info();
    const field = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim() ?? "unknown";
    const isEvicting = field("maxmemory_policy") !== "noeviction";
    return { server: `Redis ${field("redis_version")}`, isMade: true, isEvicting };
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

async function inspectPostgres(connectionString: string): Promise<QueueInspection> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    const { rows } = await client.query("select to_regnamespace($1) is not null as made", [DEFAULT_SCHEMA]);
    return { server: "PostgreSQL", isMade: rows[0]?.made === true, isEvicting: false };
  } finally {
    await client.end().catch(() => undefined);
  }
}
