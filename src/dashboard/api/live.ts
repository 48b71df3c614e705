/** What happens now: live channels, and the events that follow. */

import { z } from "zod";
import { CLIP_WAYS } from "../../jobs/clip-job.ts";
import { LATE_DROPS, voiceHealth } from "../../store/change-schema.ts";
import { type Endpoint, GUILD } from "./endpoint.ts";

const place = {
  id: z.int().describe("Grows from event to event"),
  at: z.iso.datetime(),
  channelId: z.string().nullable(),
};

/** A reading, as an event. Whose it is, is said only of people who take part in a live session. */
export const readingEvent = z.object({
  ...place,
  kind: z.literal("reading"),
  clipId: z.string(),
  source: z.enum(CLIP_WAYS),
  sessionId: z.string().nullable(),
  subjectId: z.string().nullable(),
  label: z.string().nullable().describe("Null where the reading is uncertain, or nobody speaks"),
  confidence: z.number(),
  scores: z.record(z.string(), z.number()),
  durationMs: z.number(),
});

/** What the page hears over the stream: each event is the JSON of one of these, its number is the stream's id. */
export const liveEvent = z.discriminatedUnion("kind", [
  readingEvent,
  z.object({
    ...place,
    kind: z.literal("session"),
    sessionId: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    endReason: z.string().nullable(),
    speakers: z.array(z.string()),
    health: voiceHealth,
  }),
  z.object({
    ...place,
    kind: z.literal("dropped"),
    sessionId: z.string(),
    clipId: z.string(),
    reason: z.enum(LATE_DROPS),
  }),
  z.object({
    ...place,
    kind: z.literal("alert"),
    alertId: z.uuid(),
    state: z.enum(["open", "acknowledged", "dismissed"]),
    ruleName: z.string(),
  }),
]);

/** A live session that runs. */
export const liveSession = z.object({
  sessionId: z.string(),
  channelId: z.string(),
  startedAt: z.iso.datetime(),
  health: voiceHealth.describe("How much of what was said arrived"),
  speakers: z.array(z.object({ id: z.string(), name: z.string().nullable() })).describe("Who agreed to be heard"),
});

/** All that runs, with what was read lately; events after `lastEventId` continue it. */
export const liveResource = z.object({
  lastEventId: z.int(),
  sessions: z.array(liveSession),
  readings: z.array(readingEvent).describe("Of the last ten minutes in these channels, the oldest first"),
});

/** An event as the API sends it. */
export type LiveEvent = z.infer<typeof liveEvent>;
/** What runs, as the API sends it. */
export type LiveResource = z.infer<typeof liveResource>;

/** The endpoints of what happens now. */
export const liveEndpoints = {
  live: {
    method: "GET",
    path: `${GUILD}/live`,
    summary: "The live sessions that run, and what was read in them lately",
    access: "moderator",
    scope: "moods:read",
    answer: liveResource,
    audit: "view",
  },
  /**
   * Server-sent events, each a `liveEvent`, named `change`. `Last-Event-ID` (or `after`) says from where; without, from
   * now on. `gap` is an event without a number: so much was missed that the page should ask for everything anew.
   */
  events: {
    method: "GET",
    path: `${GUILD}/events`,
    summary: "Events as they happen (text/event-stream)",
    access: "moderator",
    scope: "moods:read",
    query: z.object({ after: z.coerce.number().int().min(0).optional() }),
    status: 200,
    audit: "view",
  },
} as const satisfies Record<string, Endpoint>;
