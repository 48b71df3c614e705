/** OpenTelemetry, for those who have a collector: spans of each job from the bot to the worker, by BullMQ's own hook. */

import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { BullMQOtel } from "bullmq-otel";

/** Tracing under way. */
export interface Tracing {
  /** For the queues. */
  readonly telemetry: BullMQOtel;
  /** Sends what is left. */
  close(): Promise<void>;
}

/**
 * Starts to send spans to the collector at `endpoint`, e.g. `http://collector:4318`. OpenTelemetry's API knows one
 * provider for each process, hence this is called once, by `main`.
 */
export function startTracing(endpoint: string, { version, roles }: { version: string; roles: string }): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": "timbre",
      "service.version": version,
      "timbre.roles": roles,
    }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    telemetry: new BullMQOtel({ tracerName: "timbre", version }),
    async close() {
      // A collector that is away is no reason to stop late or with an error.
      await provider.shutdown().catch(() => undefined);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
