/** One trial: an installation under load, to which something happens; and the count of its answers. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { QueueBackend } from "../../src/jobs/backend.ts";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { openStore, startEmbeddedPostgres } from "../../src/store/index.ts";
import { postmasterOf, query } from "../support/postgres.ts";
import { freePort } from "../support/redis.ts";
import { openRedisDoor, openTcpDoor } from "../support/tcp-door.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { startTimbre, type TimbreProcess } from "../support/timbre-process.ts";
import { fillDisk, mountDisk } from "./disk.ts";
import { type Discord, startCdn, startDiscord } from "./edges.ts";
import { patience } from "./patience.ts";
import { describeStandstill } from "./standstill.ts";

/** What a trial is made of. */
export interface TrialOptions {
  readonly clips: number;
  /** Where jobs wait: the embedded PostgreSQL, one elsewhere (the same behind a TCP door), or Redis with one elsewhere. */
  readonly queue: "embedded" | "postgres" | "redis";
  /** Paths of the CDN that hang, or what comes after their clip. */
  readonly cdn?: (path: string) => "hang" | Uint8Array | undefined;
  /** Lengths of the clips in turn, in ms. Default: one second, as how long one takes isn't what is tried. */
  readonly lengthsMs?: readonly number[];
  /** Told of each answer. */
  readonly onAnswer?: (clip: number) => void;
  /** More settings for workers. */
  readonly env?: Readonly<Record<string, string>>;
  /** PostgreSQL gets a disk of its own of this size, which can be filled. Needs Linux, and the right to mount. */
  readonly diskMiB?: number;
}

/** An installation under load. */
export interface Trial {
  readonly discord: Discord;
  readonly databaseUrl: string;
  startWorker(): TimbreProcess;
  /** Opens a bot's end of the queue, which asks for one clip after another. */
  openAsker(): Promise<{ ask(clip: number, guildId?: string): Promise<void>; close(): Promise<void> }>;
  /** Has all clips asked for; how many were accepted. */
  askAll(): Promise<number>;
  /** Waits until this share of the clips is answered. @throws Error when nothing happens any more. */
  answered(share: number): Promise<void>;
  postgres: { pid(): Promise<number>; kill(): Promise<void>; freeze(): void; sql(text: string): Promise<void> };
  /** PostgreSQL's own. */
  disk: { fill(): Promise<void>; free(): Promise<void> };
  redis: {
    readonly url: string;
    kill(): Promise<void>;
    start(options?: { empty: boolean }): Promise<void>;
    freeze(): void;
  };
  close(): Promise<void>;
}

/** Builds an installation; its workers are started by the trial. */
export async function openTrial(options: TrialOptions): Promise<Trial> {
  const opened = new AsyncDisposableStack();
  const folder = temporaryFolder();
  opened.defer(() => folder.remove());
  await chmod(folder.path, 0o711);
  const dataDir = join(folder.path, "data");
  if (options.diskMiB !== undefined) opened.defer(await mountDisk(dataDir, options.diskMiB));
  const server = await startEmbeddedPostgres(dataDir);
  opened.defer(() => server.stop());
  const door = await openTcpDoor(server.connectionString);
  opened.defer(() => door.close());
  const databaseUrl = options.queue === "embedded" ? server.connectionString : door.url;

  const redisPort = await freePort();
  const redis = redisOf(folder.path, redisPort);
  opened.defer(() => redis.kill());
  const redisDoor = await openRedisDoor(redisPort);
  opened.defer(() => redisDoor.close());
  if (options.queue === "redis") await redis.start();
  const discord = await startDiscord(options.onAnswer);
  opened.defer(() => discord.close());
  const cdn = await startCdn(options.lengthsMs ?? [1000], options.cdn ?? (() => undefined));
  opened.defer(() => cdn.close());
  const backend: QueueBackend =
    options.queue === "redis"
      ? { kind: "redis", url: redisDoor.url }
      : { kind: "postgres", connectionString: databaseUrl };
  const env = {
    DATABASE_URL: databaseUrl,
    ...(options.queue === "redis" && { REDIS_URL: redisDoor.url }),
    DISCORD_API: discord.api,
    TIMBRE_FETCH_HOSTS: cdn.host,
    ...options.env,
  };

  const workers: TimbreProcess[] = [];

  async function openAsker() {
    const store = await openStore(databaseUrl);
    const outbox = options.queue === "redis" ? { outbox: store.outbox } : {};
    const queue = await openClipQueue(backend, { nextTurn: store.turns.next, ...outbox });
    return {
      ask: (clip: number, guildId?: string) =>
        queue.enqueueClip(`clip-${clip}`, {
          version: 1,
          source: { kind: "url", url: `${cdn.address}/${clip}` },
          reply: { kind: "interaction", applicationId: "1", token: `t${clip}`, locale: "en-GB" },
          filename: "voice.ogg",
          ...(guildId !== undefined && { attribution: { source: "command" as const, guildId } }),
        }),
      async close() {
        await queue.close();
        await store.close();
      },
    };
  }

  return {
    discord,
    openAsker,
    databaseUrl,
    startWorker() {
      const worker = startTimbre(["worker"], env);
      workers.push(worker);
      opened.defer(() => worker.kill());
      return worker;
    },
    async askAll() {
      const asker = await openAsker();
      for (let clip = 0; clip < options.clips; clip++) await asker.ask(clip);
      await asker.close();
      return options.clips;
    },
    answered(share) {
      const scene = async () => {
        const unanswered = Array.from({ length: options.clips }, (_, clip) => clip).filter(
          (clip) => !discord.answers.has(clip),
        );
        const { connectionString } = server;
        return `\n  ${await describeStandstill({ unanswered, backend, connectionString, workers })}`;
      };
      return patience(() => discord.answers.size, Math.ceil(options.clips * share), scene);
    },
    postgres: {
      pid: () => postmasterOf(dataDir),
      async kill() {
        process.kill(await postmasterOf(dataDir), "SIGKILL");
      },
      freeze: () => door.freeze(),
      async sql(text) {
        await query(server.connectionString, text);
      },
    },
    disk: {
      fill: () => fillDisk(join(dataDir, "filler")),
      free: () => rm(join(dataDir, "filler")),
    },
    redis: { ...redis, url: redisDoor.url, freeze: () => redisDoor.freeze() },
    close: () => opened.disposeAsync(),
  };
}

function redisOf(folder: string, port: number) {
  let child: ReturnType<typeof spawn> | undefined;
  let runs = 0;
  return {
    async start({ empty } = { empty: false }) {
      if (empty) runs += 1;
      const dir = join(folder, `redis-${runs}`);
      await mkdir(dir, { recursive: true });
      // As docker-compose.yml has it.
      const flags = ["--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", ""];
      const redis = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, ...flags], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      child = redis;
      for await (const line of createInterface(redis.stdout)) if (line.includes("Ready to accept")) break;
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
