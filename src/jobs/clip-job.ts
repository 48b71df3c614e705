/** What the bot and the page ask a worker to do with one clip. */

import { z } from "zod";
import { jobReader } from "./versions.ts";

/** Name of the queue of clips that people wait for. */
export const CLIP_QUEUE = "clips";

/** Where the bytes are: on Discord's CDN, or in the database as an upload. */
const clipSource = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("url"), url: z.url() }),
  z.object({ kind: z.literal("upload"), uploadId: z.string() }),
]);

/** Where the answer goes: into an interaction's reply, to a message that nobody asked about, or only into the database. */
const clipReply = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("interaction"),
    applicationId: z.string(),
    /** Interaction token; good for 15 minutes after the interaction. */
    token: z.string(),
    /** Discord's locale of the person who asked, e.g. `de` or `en-US`. */
    locale: z.string(),
    /** The answer to fill in, if it isn't the interaction's first. */
    messageId: z.string().optional(),
    /** Whether only the asker may see it: then it never goes anywhere else. */
    isPrivate: z.boolean().default(false),
    /** Whether the answer says that the clip waits, and so shall say when it is listened to. */
    showsProgress: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal("message"),
    channelId: z.string(),
    messageId: z.string(),
    answer: z.enum(["reaction", "reply"]),
    locale: z.string(),
  }),
  z.object({ kind: z.literal("stored") }),
]);

/** How a clip came to us: a typed command, a message's menu, a channel that is listened to, the page, a live channel. */
export const CLIP_WAYS = ["command", "menu", "automatic", "upload", "live"] as const;

/** Whose clip it is and where it comes from, as Discord's ids; what isn't known is left out. */
const attribution = z.object({
  source: z.enum(CLIP_WAYS),
  /** Whose voice it is: the message's author, or the asker for an attachment of their own. */
  subjectId: z.string().optional(),
  /** Who asked; nobody in a channel that is listened to. */
  askerId: z.string().optional(),
  guildId: z.string().optional(),
  channelId: z.string().optional(),
  /** The message that the clip hangs on. */
  messageId: z.string().optional(),
  attachmentId: z.string().optional(),
});

/** One clip to analyse. The job's id in the queue is the clip's id. */
export const clipJob = z.object({
  version: z.literal(1),
  source: clipSource,
  reply: clipReply,
  filename: z.string(),
  attribution: attribution.optional(),
  /** What the log calls everything that was done for one question, from the interaction to the last answer. */
  trace: z.string().optional(),
  /** Its turn among all servers' clips; the queue fills it in. */
  turn: z.number().int().positive().optional(),
});

/** Reads a clip job of this version, the one before or the one after. */
export const readClipJob = jobReader({ version: 1, schema: clipJob });

/** The part of a job by which somebody can be told at least that it was given up. */
export const addressedJob = clipJob.pick({ reply: true, source: true, attribution: true });

/** A validated clip job. */
export type ClipJob = z.infer<typeof clipJob>;
/** A clip job as it is written; what has a default may be left out. */
export type NewClipJob = z.input<typeof clipJob>;
/** A job's source. */
export type ClipSource = z.infer<typeof clipSource>;
/** A job's reply target. */
export type ClipReply = z.infer<typeof clipReply>;
/** Whose clip it is and where it comes from. */
export type Attribution = z.infer<typeof attribution>;
