/** A clip as the database holds it, and as the rest of Timbre sees it. */

import type { Selectable } from "kysely";
import { z } from "zod";
import { isUserErrorCode, UserError } from "../errors.ts";
import { type Attribution, CLIP_WAYS } from "../jobs/clip-job.ts";
import type { Reading } from "../ser/index.ts";
import type { Tables } from "./database.ts";
import { readingSchema } from "./reading-schema.ts";

/** A clip as it is stored. */
export interface StoredClip {
  readonly id: string;
  /** `forgotten`: nothing is kept of it but its id for a while, so that its job isn't done again. */
  readonly status: "waiting" | "done" | "failed" | "forgotten";
  /** There exactly when the status is `done`. */
  readonly reading: Reading | null;
  /** Why there is no reading; there exactly when the status is `failed` or `forgotten`. */
  readonly error: UserError | null;
  /** Whose it is and where it comes from; null when that isn't known or no longer kept. */
  readonly attribution: Attribution | null;
  readonly createdAt: Date;
  /** When the person who asked got the answer; null before, and where nobody waits for one. */
  readonly answeredAt: Date | null;
}

const storedStatus = z.enum(["waiting", "done", "failed", "forgotten"]);
const storedSource = z.enum(CLIP_WAYS);
const storedParameters = z.record(z.string(), z.union([z.string(), z.number()])).nullable();

/** What is left of a forgotten clip. */
export const FORGOTTEN = {
  status: "forgotten",
  reading: null,
  error_code: null,
  error_parameters: null,
  ...attributionRow(undefined),
} as const;

type ClipRow = Selectable<Tables["clips"]>;

/** The clip that a row holds. @throws ZodError when no Timbre wrote it. */
export function storedClip(row: ClipRow): StoredClip {
  const status = storedStatus.parse(row.status);
  return {
    id: row.id,
    status,
    reading: readingSchema.nullable().parse(row.reading),
    error: errorOf(status, row),
    attribution: attributionOf(row),
    createdAt: row.created_at,
    answeredAt: row.answered_at,
  };
}

/** The error that was saved; one that this version doesn't know says that we gave up. Logs have the clip's id. */
function errorOf(status: StoredClip["status"], { id, error_code: code, error_parameters }: ClipRow): UserError | null {
  if (status === "forgotten") return new UserError("clip-deleted");
  if (code === null) return null;
  return isUserErrorCode(code)
    ? new UserError(code, storedParameters.parse(error_parameters) ?? {})
    : new UserError("gave-up", { reference: id });
}

/** The columns that say whose clip it is. */
export function attributionRow(attribution: Attribution | undefined) {
  return {
    source: attribution?.source ?? null,
    subject_id: attribution?.subjectId ?? null,
    asker_id: attribution?.askerId ?? null,
    guild_id: attribution?.guildId ?? null,
    channel_id: attribution?.channelId ?? null,
    message_id: attribution?.messageId ?? null,
    attachment_id: attribution?.attachmentId ?? null,
  };
}

/** Whose clip a row is, and where it comes from; null when that isn't known or no longer kept. */
export function attributionOf(row: ClipRow): Attribution | null {
  if (row.source === null) return null;
  const known = {
    subjectId: row.subject_id,
    askerId: row.asker_id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    messageId: row.message_id,
    attachmentId: row.attachment_id,
  };
  const given = Object.entries(known).filter(([, id]) => id !== null);
  return { source: storedSource.parse(row.source), ...Object.fromEntries(given) };
}
