/** Runs the bot as several processes, each with its share of the servers: discord.js' own manager, told when to stop. */

import { once } from "node:events";
import { Routes, type Shard, ShardingManager } from "discord.js";
import type { Logger } from "pino";
import { z } from "zod";
import { asked, restFor } from "./application.ts";
import { DiscordError } from "./discord-error.ts";
import type { Bot } from "./index.ts";

/** What the manager needs. */
export interface ShardsOptions {
  /** The program that is one shard, and its arguments. */
  readonly program: string;
  readonly args: readonly string[];
  /** What a shard finds in its environment besides ours. */
  readonly env: Readonly<Record<string, string>>;
  /** How many; `auto` asks Discord. */
  readonly count: number | "auto";
  readonly token: string;
  readonly api: string;
  readonly logger: Logger;
}

/** Discord lets `max_concurrency` shards log in every five seconds; a little more keeps clocks from quarrelling. */
const LOGIN_EVERY_MS = 5500;
/** A shard that isn't ready by then (ms) won't be. */
const READY_WITHIN_MS = 60_000;
/** A shard waits for its commands for three seconds, and the whole stop may take ten. */
const STOP_WITHIN_MS = 6000;
/** Wait before a dead shard is started again, and the longest: each time twice as long, as every start costs a login of Discord's daily thousand. */
const FIRST_RESPAWN_MS = 1000;
const LAST_RESPAWN_MS = 10 * 60_000;

const gateway = z.object({
  shards: z.number(),
  session_start_limit: z.object({ remaining: z.number(), reset_after: z.number(), max_concurrency: z.number() }),
});

/**
 * Starts the shards one after another and resolves when all are logged in. One that dies later is started again.
 * @throws DiscordError when Discord can't be asked, or doesn't allow so many logins today; Error when a shard can't start.
 */
export async function startShards(options: ShardsOptions): Promise<Bot> {
  const { token, api, logger } = options;
  const advice = await asked(async () => gateway.parse(await restFor(api, token).get(Routes.gatewayBot())));
  const amount = options.count === "auto" ? advice.shards : options.count;
  const { remaining, reset_after, max_concurrency } = advice.session_start_limit;
  if (remaining < amount) {
    const hours = Math.ceil(reset_after / 3_600_000);
    throw new DiscordError(
      `Discord allows ${remaining} more logins today, and ${amount} shards need one each. Try again in ${hours} h.`,
    );
  }
  const manager = new ShardingManager(options.program, {
    ...{ token, totalShards: amount, mode: "process", respawn: false },
    shardArgs: [...options.args],
  });
  const nurses = new Map<Shard, ShardNurse>();
  manager.on("shardCreate", (shard) => {
    Object.assign(shard.env ?? {}, options.env);
    nurses.set(shard, new ShardNurse(shard, logger));
  });
  const close = async () => {
    await Promise.all(nurses.values().map((nurse) => nurse.stop()));
  };
  try {
    await manager.spawn({ amount, delay: LOGIN_EVERY_MS / max_concurrency, timeout: READY_WITHIN_MS });
  } catch (cause) {
    await close();
    throw cause;
  }
  for (const nurse of nurses.values()) nurse.watch();
  logger.info({ shards: amount }, "all shards are ready");
  const check = async () => {
    const away = nurses.keys().filter((shard) => !shard.ready);
    const ids = [...away].map(({ id }) => id);
    if (ids.length > 0) throw new Error(`Shards ${ids.join(", ")} aren't connected to Discord.`);
  };
  return { check, close };
}

/** Looks after one shard. */
class ShardNurse {
  readonly #shard: Shard;
  readonly #logger: Logger;
  #isStopping = false;
  #isWatching = false;
  #timer: NodeJS.Timeout | undefined;
  #waitMs = FIRST_RESPAWN_MS;

  constructor(shard: Shard, logger: Logger) {
    this.#shard = shard;
    this.#logger = logger.child({ shard: shard.id });
    shard.on("death", () => this.#mourn());
    shard.on("ready", () => {
      this.#waitMs = FIRST_RESPAWN_MS;
    });
    shard.on("error", (error) => this.#logger.error({ reason: error.message }, "shard failed"));
  }

  /** From now on, starts the shard again when it dies. */
  watch(): void {
    this.#isWatching = true;
    if (!this.#shard.process) this.#mourn();
  }

  /** Ends the shard as a signal would, and waits until it has finished what it was doing; in the end it is killed. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const child = this.#shard.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    await ended;
    clearTimeout(kill);
  }

  #mourn(): void {
    if (this.#isStopping || !this.#isWatching) return;
    this.#logger.error({ againInMs: this.#waitMs }, "shard died");
    this.#timer = setTimeout(() => {
      this.#shard.spawn(READY_WITHIN_MS).catch((error: Error) => {
        this.#logger.error({ reason: error.message }, "shard didn't start");
      });
    }, this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 2, LAST_RESPAWN_MS);
  }
}
