import { afterEach, expect, test } from "vitest";
import { createMetrics } from "../../src/metrics/index.ts";
import { type StatusServer, startStatusServer } from "../../src/metrics/status-server.ts";

let server: StatusServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serve(checks: Readonly<Record<string, () => Promise<unknown>>>): Promise<StatusServer> {
  const metrics = createMetrics({ version: "1.2.3", roles: "worker" });
  server = await startStatusServer({
    ...{ host: "127.0.0.1", port: 0, metrics, patienceMs: 50 },
    checks: new Map(Object.entries(checks)),
  });
  return server;
}

async function get(path: string, method = "GET") {
  const response = await fetch(`${server?.address}${path}`, { method });
  return { status: response.status, body: await response.text() };
}

test("what fails or hangs makes it not ready, and alive all the same; nothing is told about why", async () => {
  await serve({
    database: () => Promise.reject(new Error("password of timbre is wrong")),
    queue: () => new Promise(() => undefined),
    discord: async () => undefined,
  });
  const { status, body } = await get("/readyz");
  expect(status).toBe(503);
  expect(JSON.parse(body)).toEqual({
    status: "not ready",
    checks: { database: "failed", queue: "slow", discord: "ok" },
  });
  expect((await get("/livez")).status).toBe(200);
});

test("it isn't ready from the moment when it stops", async () => {
  const { stopping } = await serve({ database: async () => undefined });
  expect((await get("/readyz")).status).toBe(200);
  stopping();
  const { status, body } = await get("/readyz");
  expect({ status, body: JSON.parse(body) }).toMatchObject({ status: 503, body: { status: "stopping" } });
});

test("anything else isn't there, and nothing can be changed", async () => {
  await serve({});
  expect((await get("/")).status).toBe(404);
  expect((await get("/metrics", "POST")).status).toBe(405);
  expect((await get("/metrics")).body).toContain('timbre_build_info{version="1.2.3",roles="worker"} 1');
});
