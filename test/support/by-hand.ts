/**
 * What docker-compose.yml starts, started by hand: the same commands with the same settings as processes on ports of
 * loopback, for machines without a Docker engine. `npm run compose:by-hand` does so until it is stopped.
 */

import { spawn } from "node:child_process";
import { chmod } from "node:fs/promises";
import { createInterface } from "node:readline";
import { startEmbeddedPostgres } from "../../src/store/index.ts";
import { readComposeFile } from "./compose-file.ts";
import { query } from "./postgres.ts";
import { freePort } from "./redis.ts";
import { openTcpDoor } from "./tcp-door.ts";
import { temporaryFolder } from "./temporary.ts";
import { startTimbre, type TimbreProcess } from "./timbre-process.ts";

/** The installation. */
export interface ByHand {
  /** Starts one more process of a service. */
  start(service: "bot" | "worker" | "dashboard", more?: Readonly<Record<string, string>>): TimbreProcess;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Stops what still runs, the databases last. */
  close(): Promise<void>;
}

/** Starts Redis and PostgreSQL with the secrets in `env`; the services are started one by one. */
export async function startByHand(env: Readonly<Record<string, string>>): Promise<ByHand> {
  const services = await readComposeFile(env);
  const opened = new AsyncDisposableStack();
  const folder = temporaryFolder();
  opened.defer(() => folder.remove());
  await chmod(folder.path, 0o711);

  const port = await freePort();
  const [program = "", ...flags] = services["redis"]?.command ?? [];
  const redis = spawn(program, [...flags, "--port", String(port), "--bind", "127.0.0.1", "--dir", folder.path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  opened.defer(() => endOf(redis));
  for await (const line of createInterface(redis.stdout)) if (line.includes("Ready to accept connections")) break;

  const server = await startEmbeddedPostgres(`${folder.path}/data`);
  opened.defer(() => server.stop());
  const password = services["postgres"]?.environment["POSTGRES_PASSWORD"] ?? "";
  await query(server.connectionString, `alter role timbre password '${password.replaceAll("'", "''")}'`);
  const door = await openTcpDoor(server.connectionString);
  opened.defer(() => door.close());

  const places = [
    ["@postgres:5432", `@${new URL(door.url).host}`],
    ["@redis:6379", `@127.0.0.1:${port}`],
  ] as const;
  const placed = (value: string) => places.reduce((text, [name, place]) => text.replace(name, place), value);
  const environmentOf = (name: string) => {
    const given = Object.entries(services[name]?.environment ?? {}).map(
      ([key, value]) => [key, placed(value)] as const,
    );
    return Object.fromEntries(given);
  };
  const { DATABASE_URL: databaseUrl = "", REDIS_URL: redisUrl = "" } = environmentOf("worker");
  return {
    databaseUrl,
    redisUrl,
    start(name, more = {}) {
      const process = startTimbre(services[name]?.command ?? [], {
        ...environmentOf(name),
        // One machine has one port 4747.
        ...{ TIMBRE_PORT: "0", TIMBRE_DATA: folder.path },
        ...more,
      });
      opened.defer(async () => {
        await process.stop();
      });
      return process;
    },
    close: () => opened.disposeAsync(),
  };
}

function endOf(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill();
  });
}
