/** A real Redis for tests, from Debian's `redis-server`. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { temporaryFolder } from "./temporary.ts";

/** Whether this machine has a Redis server. */
export const HAS_REDIS = spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis for one test file. */
export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a Redis on a free port of loopback that keeps nothing. */
export async function startTestRedis(): Promise<TestRedis> {
  const folder = temporaryFolder();
  const port = await freePort();
  const flags = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder.path];
  const server = spawn("redis-server", flags, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface(server.stdout)) {
    if (line.includes("Ready to accept connections")) break;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(server, "exit");
      server.kill();
      await ended;
      await folder.remove();
    },
  };
}

/** A port of loopback on which nothing listens at the moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}
