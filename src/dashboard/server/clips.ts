/** Send a recording, ask how far it is, read what was heard. */

import { randomUUID } from "node:crypto";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import type { Translate } from "../../i18n/index.ts";
import type { StoredClip } from "../../store/index.ts";
import type { AcceptedResource, ClipResource } from "../api/clips.ts";
import { addressOf } from "../api/endpoint.ts";
import { API } from "../api/index.ts";
import { errorBody } from "./answers.ts";
import type { Who } from "./identity.ts";
import type { DashboardParts } from "./parts.ts";
import type { Serve } from "./serve.ts";
import { readUpload, type Upload } from "./upload.ts";

/** Uploads that one address may send in a minute; nobody drops files faster by hand. */
const UPLOADS_PER_MINUTE = 60;

/** Adds the clip endpoints. */
export function addClips(serve: Serve, parts: DashboardParts): void {
  serve(
    "sendClip",
    async ({ request, reply, who }) => {
      const accepted = await acceptClip(await readUpload(request), who, parts);
      request.log.info({ trace: accepted.id, clip: accepted.id }, "clip is asked for");
      reply.header("location", accepted.url);
      return accepted;
    },
    { perMinute: UPLOADS_PER_MINUTE, bodyLimit: parts.maxBytes },
  );
  serve("clip", async ({ param, who, t }) => {
    const id = z.uuid().safeParse(param("clipId"));
    if (!id.success) throw new UserError("no-clip");
    return findClip(id.data, who, parts, t);
  });
  serve("model", async () => ({ name: parts.model.name, version: parts.model.version }));
}

/** Keeps the upload and asks a worker to analyse it. @throws UserError `busy` when that can't be done now. */
async function acceptClip(
  { filename, bytes }: Upload,
  who: Who,
  { store, queue }: DashboardParts,
): Promise<AcceptedResource> {
  const id = randomUUID();
  const uploadId = randomUUID();
  const attribution = { source: "upload", ...askerOf(who) } as const;
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
  return { id, status: "waiting", url: addressOf(API.clip, { clipId: id }) };
}

/** States in which no worker will come back to a job. */
const OVER = new Set<string | undefined>(["failed", "completed", "unknown", undefined]);

/** @throws UserError `no-clip` when there is none with this id. */
async function findClip(id: string, who: Who, { store, queue }: DashboardParts, t: Translate): Promise<ClipResource> {
  const before = await store.clips.find(id);
  const { source, askerId } = before?.attribution ?? {};
  // Whose it isn't learns nothing, not even that it is there.
  if (!before || source !== "upload" || askerId !== askerOf(who).askerId) throw new UserError("no-clip");
  const ended = endOf(id, before, t);
  if (ended) return ended;
  const state = await queue.state(id);
  if (!OVER.has(state)) return { id, status: state === "active" ? "active" : "waiting" };
  // The job may have ended between the two questions; if it left nothing behind, nothing will come.
  const after = await store.clips.find(id);
  const end = after && endOf(id, after, t);
  return end ?? { id, status: "failed", error: errorBody(new UserError("gave-up", { reference: id }), t) };
}

/** Who sent a clip; the owner is nobody on Discord. */
function askerOf({ userId }: Who): { readonly askerId?: string } {
  return userId === null ? {} : { askerId: userId };
}

/** A clip that has its reading or its error; undefined while it has neither. */
function endOf(id: string, clip: StoredClip, t: Translate): ClipResource | undefined {
  if (clip.reading) return { id, status: "done", reading: clip.reading };
  if (clip.error) return { id, status: "failed", error: errorBody(clip.error, t) };
  return undefined;
}
