/** Checks of what Timbre works with: the model, the database, the queue. */

import type { Config } from "../../config.ts";
import { inspectQueue } from "../../jobs/inspect.ts";
import { openAnalyzer } from "../../ser/index.ts";
import { findEmbeddedPostgres, inspectDatabase, startEmbeddedPostgres } from "../../store/index.ts";
import { type Finding, findings } from "./check.ts";

/** Loads the model, which also compares its file with the manifest's sha256. */
export async function checkModel({ modelDir }: Config): Promise<readonly Finding[]> {
  const { ok, failed } = findings("Model");
  try {
    const { model, close } = await openAnalyzer({ modelDir });
    await close();
    return [ok(`${model.name} ${model.version} is whole and can be loaded`)];
  } catch (error) {
    return [failed(error, "Get the model folder again (git checkout models), or set TIMBRE_MODEL to another one.")];
  }
}

/** Checks the database, and the queue in it or in Redis. An embedded server that isn't running is started for that. */
export async function checkDatabaseAndQueue(config: Config): Promise<readonly Finding[]> {
  if (config.databaseUrl) {
    const fix = "Check DATABASE_URL, and that the PostgreSQL server there runs and lets this machine in.";
    return both(config, config.databaseUrl, fix);
  }
  const { ok, failed } = findings("Database");
  const fix = `See postgres.log in ${config.dataDir}, or set DATABASE_URL to a PostgreSQL server of yours.`;
  try {
    const embedded = await findEmbeddedPostgres(config.dataDir);
    if (embedded.state === "new") {
      return [ok("the embedded PostgreSQL will be made at the first start"), await checkQueue(config)];
    }
    if (embedded.state === "running") return await both(config, embedded.connectionString, fix);
    const server = await startEmbeddedPostgres(config.dataDir);
    try {
      return await both(config, server.connectionString, fix);
    } finally {
      await server.stop();
    }
  } catch (error) {
    return [failed(error, fix), await checkQueue(config)];
  }
}

async function both(config: Config, connectionString: string, fix: string): Promise<readonly Finding[]> {
  return [await checkDatabase(connectionString, fix), await checkQueue(config, connectionString)];
}

async function checkDatabase(connectionString: string, fix: string): Promise<Finding> {
  const { ok, failed } = findings("Database");
  try {
    const { server, tables } = await inspectDatabase(connectionString);
    const made = tables > 0 ? `its tables are version ${tables}` : "its tables will be made at the first start";
    return ok(`PostgreSQL ${server}; ${made}`);
  } catch (error) {
    return failed(error, fix);
  }
}

async function checkQueue({ redisUrl }: Config, connectionString?: string): Promise<Finding> {
  const { ok, warning, failed, skipped } = findings("Queue");
  if (!redisUrl && !connectionString) return skipped("it lives in the database");
  try {
    const { server, isMade, isEvicting } = await inspectQueue(
      redisUrl ? { kind: "redis", url: redisUrl } : { kind: "postgres", connectionString: connectionString ?? "" },
    );
    const fix = "Set Redis' maxmemory-policy to noeviction.";
    if (isEvicting) return warning(`${server} throws jobs away when its memory is full`, fix);
    return ok(isMade ? `in ${server}` : `in ${server}; it will be made at the first start`);
  } catch (error) {
    const fix = "Check REDIS_URL, and that the Redis server there runs and lets this machine in.";
    return failed(error, redisUrl ? fix : "Mend the database: the queue is in it.");
  }
}
