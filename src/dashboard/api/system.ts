/** How Timbre itself is doing. */

import { z } from "zod";
import { modelSchema } from "../../store/reading-schema.ts";
import type { Endpoint } from "./endpoint.ts";

/** Whether the process answers at all. */
export const aliveResource = z.object({ status: z.literal("ok") });

/** How Timbre is doing. */
export const systemResource = z.object({
  queues: z.array(
    z.object({
      name: z.enum(["clips", "utterances", "deliveries"]),
      waiting: z.int().describe("Wait for a worker"),
      active: z.int().describe("Are worked on"),
      delayed: z.int().describe("Wait for another try"),
    }),
  ),
  heard: z.object({
    lastMinute: z.int().describe("Clips read in the last minute"),
    lastHour: z.int(),
    lastDay: z.int(),
  }),
  failures: z
    .array(z.object({ code: z.string(), message: z.string(), count: z.int(), lastAt: z.iso.datetime() }))
    .describe("Clips that couldn't be read in the last day, by reason, the most frequent first"),
  model: modelSchema.extend({ card: z.string().nullable().describe("The model's card, Markdown") }),
});

/** How Timbre is doing, as the API sends it. */
export type SystemResource = z.infer<typeof systemResource>;

/** The endpoints of the system. */
export const systemEndpoints = {
  system: {
    method: "GET",
    path: "/api/v1/system",
    summary: "How Timbre is doing: queues, rate, failures, model",
    access: "signed-in",
    scope: "system:read",
    answer: systemResource,
  },
  openapi: {
    method: "GET",
    path: "/api/v1/openapi.json",
    summary: "This description (OpenAPI 3.1)",
    access: "signed-in",
    scope: "system:read",
    status: 200,
  },
  alive: {
    method: "GET",
    path: "/livez",
    summary: "Whether the server answers",
    access: "anybody",
    answer: aliveResource,
  },
} as const satisfies Record<string, Endpoint>;
