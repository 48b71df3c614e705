/** `/livez`, `/readyz` and `/metrics`: a small server beside every role, for those who watch it and never for people. */

import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { Metrics } from "./index.ts";

/** What the server needs. */
export interface StatusOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly metrics: Pick<Metrics, "text" | "contentType">;
  /** What has to work before others send work here, by name; each throws when it doesn't. */
  readonly checks: ReadonlyMap<string, () => Promise<unknown>>;
  /** How long (ms) one check may take. Default 2 seconds. */
  readonly patienceMs?: number;
}

/** A server that listens. */
export interface StatusServer {
  /** E.g. `http://127.0.0.1:9464`. */
  readonly address: string;
  /** From now on says that it isn't ready. */
  stopping(): void;
  close(): Promise<void>;
}

/** A probe waits no longer than this, usually. */
const PATIENCE_MS = 2000;

/** Starts to listen. @throws Error when the port is taken. */
export async function startStatusServer(options: StatusOptions): Promise<StatusServer> {
  const { metrics, checks, patienceMs = PATIENCE_MS } = options;
  let isStopping = false;

  async function ready(response: ServerResponse): Promise<void> {
    const named = [...checks].map(async ([name, check]) => [name, await outcomeOf(check, patienceMs)] as const);
    const results = Object.fromEntries(await Promise.all(named));
    const isReady = !isStopping && Object.values(results).every((result) => result === "ok");
    const status = isStopping ? "stopping" : isReady ? "ready" : "not ready";
    json(response, isReady ? 200 : 503, { status, checks: results });
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://status");
    if (request.method !== "GET" && request.method !== "HEAD") json(response, 405, { error: "only GET" });
    else if (pathname === "/livez") json(response, 200, { status: "ok" });
    else if (pathname === "/readyz") void ready(response);
    else if (pathname === "/metrics") {
      metrics.text().then(
        (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
        () => json(response, 500, { error: "metrics can't be collected" }),
      );
    } else json(response, 404, { error: "/livez, /readyz or /metrics" });
  });
  server.listen(options.port, options.host);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  return {
    address: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`,
    stopping() {
      isStopping = true;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** `ok`, or in one word why not: what went wrong stands in the log, and is nobody else's business. */
async function outcomeOf(check: () => Promise<unknown>, patienceMs: number): Promise<"ok" | "failed" | "slow"> {
  const { promise: late, resolve } = Promise.withResolvers<"slow">();
  const timer = setTimeout(() => resolve("slow"), patienceMs);
  const outcome = await Promise.race([
    check().then(
      () => "ok" as const,
      () => "failed" as const,
    ),
    late,
  ]);
  clearTimeout(timer);
  return outcome;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
}
