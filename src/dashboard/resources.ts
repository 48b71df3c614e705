/** What the HTTP API sends: one schema per resource, for types, validation and OpenAPI. */

import { z } from "zod";
import { modelSchema, readingSchema } from "../store/reading-schema.ts";

/** Name and version of a model. */
export const modelResource = modelSchema;

const apiError = z.object({
  code: z.string(),
  message: z.string().describe("A sentence for people, in the language of Accept-Language"),
});

/** The body of every answer that isn't a success. */
export const errorResource = z.object({ error: apiError });

/** The answer to an accepted upload. */
export const acceptedResource = z.object({ id: z.uuid(), status: z.literal("waiting"), url: z.string() });

/** A clip on its way or done. */
export const clipResource = z.object({
  id: z.uuid(),
  status: z.enum(["waiting", "active", "done", "failed"]),
  reading: readingSchema.optional().describe("Present when done"),
  error: apiError.optional().describe("Present when failed"),
});

/** Whether the process answers at all. */
export const aliveResource = z.object({ status: z.literal("ok") });

/** A clip as the API sends it. */
export type ClipResource = z.infer<typeof clipResource>;
/** An accepted upload as the API sends it. */
export type AcceptedResource = z.infer<typeof acceptedResource>;
/** An error as the API sends it. */
export type ErrorResource = z.infer<typeof errorResource>;
