/** A server's moods over time: aggregates of people, never rows about one. */

import { z } from "zod";
import { CLIP_WAYS } from "../../jobs/clip-job.ts";
import { FEWEST_PEOPLE } from "../../mood/few-people.ts";
import { type Endpoint, GUILD } from "./endpoint.ts";

/** What many readings sound like together; or why that isn't shown. */
export const moodResource = z.discriminatedUnion("shown", [
  z.object({
    shown: z.literal(true),
    readings: z.int().describe("Readings with speech"),
    people: z.int().min(FEWEST_PEOPLE),
    shares: z
      .record(z.string(), z.number())
      .describe("Share of the readings of each label, and of those that are `uncertain`; they sum to 1"),
    confidence: z.number().describe("Mean confidence of the readings that have a label, 0 to 1"),
  }),
  z.object({
    shown: z.literal(false),
    reason: z.enum(["none", "few-people"]).describe("none: nobody spoke; few-people: fewer than 3 did"),
  }),
]);

/** Channels and servers' ids in a query, with commas in between. */
const idList = z
  .string()
  .max(2000)
  .transform((text) => text.split(",").filter((id) => id !== ""));

const sourceList = idList.pipe(z.array(z.enum(CLIP_WAYS)));

/** IANA's name of a time zone. */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
    } catch {
      return false;
    }
  }, "must be a time zone such as Europe/Berlin");

const zone = timeZone.default("UTC").describe("The viewer's time zone; days and weekdays are counted in it");

/** Which readings, in which steps. */
export const historyQuery = z.object({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
  channels: idList.optional().describe("Ids with commas in between; all channels without"),
  sources: sourceList.optional().describe("command, menu, automatic, live, with commas in between; all without"),
  step: z.enum(["hour", "day", "week"]).default("day"),
  zone,
});

/** A step of a history. */
const stepResource = z.object({ at: z.iso.datetime().describe("Where the step begins"), mood: moodResource });

/** Mood over time. */
export const historyResource = z.object({
  total: moodResource,
  steps: z.array(stepResource).describe("Every step of the range, also those in which nobody spoke"),
  heat: z
    .array(z.object({ weekday: z.int().min(1).max(7), hour: z.int().min(0).max(23), mood: moodResource }))
    .describe("By weekday (1 is Monday) and hour; those in which nobody spoke are left out"),
});

/** A row of the table: one step in one channel from one source. */
export const historyRow = z.object({
  at: z.iso.datetime(),
  channelId: z.string().nullable(),
  source: z.enum(CLIP_WAYS),
  mood: moodResource,
});

/** A page of the table. */
export const tableResource = z.object({
  rows: z.array(historyRow).describe("The latest first; steps in which nobody spoke are left out"),
  next: z.string().nullable().describe("Ask with `after` set to it for the next page; null at the end"),
});

/** What is going on. */
export const overviewResource = z.object({
  live: z.array(
    z.object({ sessionId: z.string(), channelId: z.string(), startedAt: z.iso.datetime(), speakers: z.int() }),
  ),
  today: moodResource,
  usual: moodResource.describe("The four weeks before today"),
  days: z.array(stepResource).describe("Those weeks and today, day by day"),
  alertsOpen: z.int(),
});

/** Many readings together, as the API sends them. */
export type Mood = z.infer<typeof moodResource>;
/** Mood over time, as the API sends it. */
export type HistoryResource = z.infer<typeof historyResource>;
/** A row of the table, as the API sends it. */
export type HistoryRow = z.infer<typeof historyRow>;
/** Which readings, as the server reads it. */
export type HistoryQuery = z.output<typeof historyQuery>;
/** What is going on, as the API sends it. */
export type OverviewResource = z.infer<typeof overviewResource>;

/** The endpoints of moods. */
export const moodEndpoints = {
  overview: {
    method: "GET",
    path: `${GUILD}/overview`,
    summary: "What is going on: live channels, today's mood beside the last weeks', alerts that wait",
    access: "moderator",
    scope: "moods:read",
    query: z.object({ zone }),
    answer: overviewResource,
    audit: "view",
  },
  history: {
    method: "GET",
    path: `${GUILD}/history`,
    summary: "Mood over time, and by weekday and hour",
    access: "moderator",
    scope: "moods:read",
    query: historyQuery,
    answer: historyResource,
    audit: "view",
  },
  historyTable: {
    method: "GET",
    path: `${GUILD}/history/table`,
    summary: "Mood by step, channel and source, page by page",
    access: "moderator",
    scope: "moods:read",
    query: historyQuery.extend({
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: tableResource,
    audit: "view",
  },
  /** Answers a file: CSV, or JSON as an array of `historyRow`. */
  historyExport: {
    method: "GET",
    path: `${GUILD}/history/export`,
    summary: "The whole table as a CSV or JSON file",
    access: "moderator",
    scope: "moods:read",
    query: historyQuery.extend({ format: z.enum(["csv", "json"]) }),
    status: 200,
    audit: "export",
  },
} as const satisfies Record<string, Endpoint>;
