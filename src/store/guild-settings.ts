/** What a server can set, and what holds until it does. */

import { z } from "zod";
import { LANGUAGES, type Language } from "../i18n/index.ts";

/** Longest time that a server can have its readings kept, in days. */
export const MAX_RETENTION_DAYS = 365;
/** How long readings are kept, in days, unless a server says otherwise; also for those outside of servers. */
export const DEFAULT_RETENTION_DAYS = 30;

const languages = z.custom<Language>((value) => typeof value === "string" && Object.hasOwn(LANGUAGES, value));

const automaticChannel = z.object({ channelId: z.string(), answer: z.enum(["reaction", "reply"]) });

const liveAccess = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everyone") }),
  z.object({ kind: z.literal("moderators") }),
  z.object({ kind: z.literal("roles"), roleIds: z.array(z.string()).min(1) }),
]);

/** The shape of a server's settings. */
export const guildSettings = z.object({
  /** Language of answers that everybody sees; null: that of the person who asked. */
  language: languages.nullable(),
  /** Whether everybody or only the person who asked sees an answer, unless they say otherwise. */
  answers: z.enum(["public", "private"]),
  /** Channels whose new voice messages are read without being asked, and how they are answered. */
  automatic: z.array(automaticChannel),
  /** Who may start and end the live mode. */
  live: liveAccess,
  /** How long readings are kept, in days; 0: not at all. */
  retentionDays: z.int().min(0).max(MAX_RETENTION_DAYS),
  /** Where moderators are told about alerts; null: nowhere. */
  alertChannelId: z.string().nullable(),
});

/** A server's settings. */
export type GuildSettings = Readonly<z.infer<typeof guildSettings>>;
/** The settings of a server that set nothing, and of everywhere else. */
export const DEFAULT_SETTINGS: GuildSettings = {
  language: null,
  answers: "public",
  automatic: [],
  live: { kind: "moderators" },
  retentionDays: DEFAULT_RETENTION_DAYS,
  alertChannelId: null,
};
