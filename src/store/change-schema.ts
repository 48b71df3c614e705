/**
 * What happens in servers, as events: the same for the bot, the page and whoever asks for what they missed. Free of
 * Node, so that the page can use it.
 */

import { z } from "zod";
import { CLIP_WAYS } from "../jobs/clip-job.ts";

/** How well a live session hears: how long people who agreed spoke, how much of it arrived, and what was dropped. */
export const voiceHealth = z.object({
  speakingMs: z.number(),
  audioMs: z.number(),
  /** The share that arrived, from 0 to 1; null while nobody spoke. */
  ratio: z.number().nullable(),
  /** Utterances that were handed on to be read. */
  utterances: z.number(),
  /** Dropped utterances by reason. */
  dropped: z.record(z.string(), z.number()),
});

/** A session's health. */
export type VoiceHealth = Readonly<z.infer<typeof voiceHealth>>;

/** The health of a session that has just begun. */
export const UNTRIED: VoiceHealth = { speakingMs: 0, audioMs: 0, ratio: null, utterances: 0, dropped: {} };

/** Why an utterance that was handed on has no reading. */
export const LATE_DROPS = ["no-consent", "undecodable", "queue-full", "stale"] as const;
/** One of the reasons. */
export type LateDrop = (typeof LATE_DROPS)[number];

const place = { guildId: z.string(), channelId: z.string().nullable() };

/** A clip has a reading. */
const reading = z.object({
  ...place,
  kind: z.literal("reading"),
  clipId: z.string(),
  source: z.enum(CLIP_WAYS),
  /** The live session that heard it. */
  sessionId: z.string().nullable(),
  subjectId: z.string().nullable(),
  /** Null where the reading is uncertain, or nobody speaks. */
  label: z.string().nullable(),
  /** Probability of the likeliest label, 0 to 1. */
  confidence: z.number(),
  /** All 0 where nobody speaks. */
  scores: z.record(z.string(), z.number()),
  durationMs: z.number(),
});

/** A live session began, changed or ended; always all of what it is since. */
const session = z.object({
  ...place,
  kind: z.literal("session"),
  sessionId: z.string(),
  startedAt: z.coerce.date(),
  endedAt: z.coerce.date().nullable(),
  endReason: z.string().nullable(),
  /** People who take part. */
  speakers: z.array(z.string()).readonly(),
  health: voiceHealth,
});

/** An utterance of a live session was dropped after it was handed on. */
const dropped = z.object({
  ...place,
  kind: z.literal("dropped"),
  sessionId: z.string(),
  clipId: z.string(),
  reason: z.enum(LATE_DROPS),
});

/** Something that happened, before it has a number. */
export const newChange = z.discriminatedUnion("kind", [reading, session, dropped]);
/** Something that happened, before it has a number. */
export type NewChange = Readonly<z.infer<typeof newChange>>;

/** Something that happened; `id` grows from one to the next. */
export const change = newChange.and(z.object({ id: z.number(), at: z.coerce.date() }));
/** Something that happened. */
export type Change = Readonly<z.infer<typeof change>>;
