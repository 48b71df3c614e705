/** Recordings that somebody sends, and what is heard in them. */

import { z } from "zod";
import { modelSchema, readingSchema } from "../../store/reading-schema.ts";
import type { Endpoint } from "./endpoint.ts";
import { apiError } from "./errors.ts";

/** The answer to an accepted upload. */
export const acceptedResource = z.object({ id: z.uuid(), status: z.literal("waiting"), url: z.string() });

/** A clip on its way or done. */
export const clipResource = z.object({
  id: z.uuid(),
  status: z.enum(["waiting", "active", "done", "failed"]),
  reading: readingSchema.optional().describe("Present when done"),
  error: apiError.optional().describe("Present when failed"),
});

/** A clip as the API sends it. */
export type ClipResource = z.infer<typeof clipResource>;
/** An accepted upload as the API sends it. */
export type AcceptedResource = z.infer<typeof acceptedResource>;

/** The endpoints of clips. */
export const clipEndpoints = {
  /** The recording comes as the form field `file`, or as the body with its own type. */
  sendClip: {
    method: "POST",
    path: "/api/v1/clips",
    summary: "Send a recording, as the form field `file` or as the body with an audio type",
    access: "signed-in",
    scope: "clips",
    answer: acceptedResource,
    status: 202,
  },
  /** Only whoever sent it sees it. */
  clip: {
    method: "GET",
    path: "/api/v1/clips/:clipId",
    summary: "How far a recording is, and what was heard in it",
    access: "signed-in",
    scope: "clips",
    answer: clipResource,
  },
  model: {
    method: "GET",
    path: "/api/v1/model",
    summary: "Which model listens",
    access: "signed-in",
    scope: "clips",
    answer: modelSchema,
  },
} as const satisfies Record<string, Endpoint>;
