/** `/api/clips`: send a recording, ask how far it is, read what was heard. */

import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import type { Translate } from "../../i18n/index.ts";
import {
  type AcceptedResource,
  acceptedResource,
  type ClipResource,
  clipResource,
  errorResource,
} from "../resources.ts";
import { errorBody, languageFor, revive } from "./answers.ts";
import { jsonSchema } from "./openapi.ts";
import type { DashboardParts, StoredClip } from "./parts.ts";
import { readUpload, type Upload } from "./upload.ts";

/** Uploads that one address may send in a minute; nobody drops files faster by hand. */
const UPLOADS_PER_MINUTE = 60;

const clipParams = z.object({ id: z.uuid() });

/** Adds the clip routes to `app`. */
export function addClipRoutes(app: FastifyInstance, parts: DashboardParts): void {
  const errors = jsonSchema(errorResource);
  app.post(
    "/api/clips",
    {
      config: { rateLimit: { max: UPLOADS_PER_MINUTE, timeWindow: "1 minute" } },
      bodyLimit: parts.maxBytes,
      schema: {
        summary: "Send a recording",
        description: "As the form field `file`, or as the body with an audio type or application/octet-stream.",
        consumes: ["multipart/form-data", "application/octet-stream", "audio/*"],
        response: { 202: jsonSchema(acceptedResource), "4xx": errors, "5xx": errors },
      },
    },
    async (request, reply) => {
      const accepted = await acceptClip(await readUpload(request), parts);
      request.log.info({ trace: accepted.id, clip: accepted.id }, "clip is asked for");
      return reply.code(202).header("location", accepted.url).send(accepted);
    },
  );

  app.get(
    "/api/clips/:id",
    {
      schema: {
        summary: "How far a recording is, and what was heard in it",
        params: jsonSchema(clipParams),
        response: { 200: jsonSchema(clipResource), "4xx": errors },
      },
    },
    async (request, reply) => {
      const params = clipParams.safeParse(request.params);
      if (!params.success) throw new UserError("no-clip");
      reply.header("cache-control", "no-store");
      return findClip(params.data.id, parts, languageFor(request));
    },
  );
}

/** Keeps the upload and asks a worker to analyse it. @throws UserError `busy` when that can't be done now. */
async function acceptClip({ filename, bytes }: Upload, { store, queue }: DashboardParts): Promise<AcceptedResource> {
  const id = randomUUID();
  const uploadId = randomUUID();
  const attribution = { source: "upload" } as const;
  try {
    await store.uploads.keep(uploadId, bytes);
    await store.clips.accept(id, attribution);
    await queue.enqueueClip(id, {
      version: 1,
      source: { kind: "upload", uploadId },
      reply: { kind: "stored" },
      filename,
      attribution,
    });
  } catch (cause) {
    // The worker throws away uploads left behind, so failing to discard as well is no reason to say something else.
    await store.uploads.discard(uploadId).catch(() => undefined);
    throw new UserError("busy", {}, { cause });
  }
  return { id, status: "waiting", url: `/api/clips/${id}` };
}

/** States in which no worker will come back to a job. */
const OVER = new Set<string | undefined>(["failed", "completed", "unknown", undefined]);

/** @throws UserError `no-clip` when there is none with this id. */
async function findClip(id: string, { store, queue }: DashboardParts, t: Translate): Promise<ClipResource> {
  const before = await store.clips.find(id);
  if (!before) throw new UserError("no-clip");
  const ended = endOf(id, before, t);
  if (ended) return ended;
  const state = await queue.state(id);
  if (!OVER.has(state)) return { id, status: state === "active" ? "active" : "waiting" };
  // The job may have ended between the two questions; if it left nothing behind, nothing will come.
  const after = await store.clips.find(id);
  const end = after && endOf(id, after, t);
  return end ?? { id, status: "failed", error: errorBody(new UserError("gave-up", { reference: id }), t) };
}

/** A clip that has its reading or its error; undefined while it has neither. */
function endOf(id: string, clip: StoredClip, t: Translate): ClipResource | undefined {
  if (clip.reading) return { id, status: "done", reading: clip.reading };
  if (clip.error) return { id, status: "failed", error: errorBody(revive(id, clip.error), t) };
  return undefined;
}
