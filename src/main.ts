/**
 * Puts the parts together: the only place that knows all of them. A role's part is loaded only where the role runs:
 * what it is made of takes tens of megabytes.
 */

import { join } from "node:path";
import { destination, type Logger, pino } from "pino";
import { type Config, ConfigError } from "./config.ts";
import type { QueueBackend } from "./jobs/backend.ts";
import { type ClipQueue, openClipQueue } from "./jobs/queue.ts";
import { openUtteranceQueue } from "./jobs/utterance-queue.ts";
import { openStatus, openTracing, openWatch, type Watch } from "./main/watch.ts";
import { openAnalyzer } from "./ser/index.ts";
import { openStore, type Store, startEmbeddedPostgres } from "./store/index.ts";

/** A part that can run in a process of its own. */
export type Role = "bot" | "worker" | "dashboard";

/** Timbre, running. */
export interface Running {
  /** Where the page is; undefined without the role `dashboard`. */
  readonly address: string | undefined;
  /** Stops in order: nothing new is taken, clips under way are finished, the database is last. */
  close(): Promise<void>;
}

/** The `timbre` command, by which each shard is started. */
const PROGRAM = join(import.meta.dirname, "cli", "timbre.ts");

/**
 * Starts the roles.
 * @throws ConfigError, DatabaseError or ModelError with a sentence for whoever runs Timbre.
 */
export async function run(config: Config, roles: ReadonlySet<Role>): Promise<Running> {
  if (!config.discordToken && roles.has("bot") && roles.size === 1) {
    throw new ConfigError(
      "The bot needs DISCORD_TOKEN: the token of your application's bot, from Discord's developer portal.",
    );
  }
  // On standard error, so that standard output has only what people look for.
  const all = pino({ level: config.logLevel }, destination(2));
  const logger = config.shard === undefined ? all : all.child({ shard: config.shard });
  const opened = new AsyncDisposableStack();
  try {
    const address = await start(config, roles, logger, opened);
    return { address, close: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function start(
  config: Config,
  roles: ReadonlySet<Role>,
  logger: Logger,
  opened: AsyncDisposableStack,
): Promise<string | undefined> {
  const onError = (error: Error) => logger.warn({ reason: error.message }, "connection lost");
  const connectionString = config.databaseUrl ?? (await openEmbedded(config, opened));
  const watch = openWatch(roles);
  const telemetry = await openTracing(config, roles, opened);
  const backend: QueueBackend = config.redisUrl
    ? { kind: "redis", url: config.redisUrl, telemetry }
    : { kind: "postgres", connectionString, telemetry };
  const store = await openStore(connectionString, { onError });
  opened.defer(() => store.close());
  // A Redis can come back empty; what PostgreSQL holds is safe.
  const outbox = backend.kind === "redis" ? { outbox: store.outbox } : {};
  const queue = await openClipQueue(backend, { onError, nextTurn: store.turns.next, ...outbox });
  opened.defer(() => queue.close());
  const status = await openStatus(watch, { config, store, queue, logger });
  opened.defer(() => status.close());
  const parts = { config, logger, opened, store, queue, backend, connectionString, watch };
  if (roles.has("worker")) await openWorker(parts);
  const address = roles.has("dashboard") ? await (await import("./main/page.ts")).openPage(parts) : undefined;
  if (roles.has("bot")) await openBot(parts);
  // First of all that stops: nobody sends work here any more.
  opened.defer(() => status.stopping());
  return address;
}

interface Parts {
  readonly config: Config;
  readonly logger: Logger;
  readonly opened: AsyncDisposableStack;
  readonly store: Store;
  readonly queue: ClipQueue;
  readonly backend: QueueBackend;
  readonly connectionString: string;
  readonly watch: Watch;
}

async function openEmbedded({ dataDir }: Config, opened: AsyncDisposableStack): Promise<string> {
  const server = await startEmbeddedPostgres(dataDir);
  opened.defer(() => server.stop());
  return server.connectionString;
}

async function openWorker({ config, logger, opened, store, queue, backend, watch }: Parts): Promise<void> {
  const { startWorker } = await import("./worker/index.ts");
  const { modelDir, threads } = config;
  const { clips: meter, analysed: onTimes, watchRest: onRest } = watch.metrics;
  const analyzer = await openAnalyzer({ modelDir, threads, onTimes });
  opened.defer(() => analyzer.close());
  const { maxBytes, maxDurationMs, fetchHosts, discordApi, discordToken, webhookHosts } = config;
  const worker = await startWorker({
    ...{
      backend,
      store,
      analyzer,
      maxBytes,
      maxDurationMs,
      fetchHosts,
      discordApi,
      discordToken,
      webhookHosts,
      logger,
      meter,
      onRest,
    },
    queue: backend.kind === "redis" ? queue : undefined,
    // One clip more than threads: it is fetched while the others are heard.
    consumer: { concurrency: threads + 1 },
  });
  opened.defer(() => worker.close());
}

async function openBot(parts: Parts): Promise<void> {
  const { config, logger, opened, store, queue, backend, connectionString, watch } = parts;
  const { discordToken: token, discordApi: api, maxBytes, clipLimits: limits, shards } = config;
  if (!token) {
    console.log("No Discord: set DISCORD_TOKEN to your bot's token, and the bot logs in too.");
    return;
  }
  if (shards === undefined || config.shard !== undefined) {
    const { startBot } = await import("./bot/index.ts");
    const onError = (error: Error) => logger.warn({ reason: error.message }, "connection lost");
    const utterances = await openUtteranceQueue(backend, onError);
    opened.defer(() => utterances.close());
    watch.metrics.watchQueue("utterances", utterances.figures);
    const { watchRest: onRest, heard: onHeard } = watch.metrics;
    const bot = await startBot({ token, api, maxBytes, limits, logger, store, queue, utterances, onRest, onHeard });
    watch.checks.set("discord", bot.check);
    opened.defer(() => bot.close());
    if (config.shard === undefined) console.log("The bot is logged in to Discord.");
    return;
  }
  const { startShards } = await import("./bot/shards.ts");
  // The embedded database is ours, and the shards are its guests.
  const env = { DATABASE_URL: connectionString };
  const bot = await startShards({ program: PROGRAM, args: ["bot"], env, count: shards, token, api, logger });
  watch.checks.set("discord", bot.check);
  opened.defer(() => bot.close());
  console.log("All shards of the bot are logged in to Discord.");
}
