/** What others see of this process: metrics, readiness, and traces where somebody collects them. */

import type { Logger } from "pino";
import manifest from "../../package.json" with { type: "json" };
import type { Config } from "../config.ts";
import type { ClipQueue } from "../jobs/queue.ts";
import { createMetrics, type Metrics } from "../metrics/index.ts";
import { type StatusServer, startStatusServer } from "../metrics/status-server.ts";
import type { Store } from "../store/index.ts";

/** The means by which this process is watched. */
export interface Watch {
  readonly metrics: Metrics;
  /** Name and check of what has to work; roles add their own. */
  readonly checks: Map<string, () => Promise<unknown>>;
}

/** Begins to count. */
export function openWatch(roles: ReadonlySet<string>): Watch {
  const metrics = createMetrics({ version: manifest.version, roles: [...roles].join("+") });
  return { metrics, checks: new Map() };
}

/** BullMQ's telemetry hook, if there is a collector; loaded only then. */
export async function openTracing({ otlpEndpoint }: Config, roles: ReadonlySet<string>, opened: AsyncDisposableStack) {
  if (otlpEndpoint === undefined) return undefined;
  const { startTracing } = await import("../metrics/tracing.ts");
  const tracing = startTracing(otlpEndpoint, { version: manifest.version, roles: [...roles].join("+") });
  opened.defer(() => tracing.close());
  return tracing.telemetry;
}

/** Watches store and queue, and lets others see it all. */
export async function openStatus(
  { metrics, checks }: Watch,
  { config, store, queue, logger }: { config: Config; store: Store; queue: ClipQueue; logger: Logger },
): Promise<StatusServer> {
  metrics.watchQueue("clips", queue.figures);
  checks.set("database", store.ping);
  checks.set("queue", queue.waiting);
  const { statusHost: host, statusPort: port } = config;
  const server = await startStatusServer({ host, port, metrics, checks });
  logger.info({ address: server.address }, "status is served");
  return server;
}
