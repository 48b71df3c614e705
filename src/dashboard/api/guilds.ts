/** A server: its channels and roles, its settings, and who looked at or changed what. */

import { z } from "zod";
import type { Language } from "../../i18n/index.ts";
import { type Endpoint, GUILD } from "./endpoint.ts";

const LANGUAGE_CODES = ["en", "de", "es", "fr", "pl", "pt"] as const satisfies readonly Language[];

/** A server, with what its pages need names for. */
export const guildResource = z.object({
  id: z.string(),
  name: z.string(),
  mayManage: z.boolean().describe("Whether whoever asks may change settings, rules and webhooks"),
  channels: z.array(z.object({ id: z.string(), name: z.string(), kind: z.enum(["text", "voice", "thread"]) })),
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** A server's settings; the same as those of `/settings`. */
export const settingsResource = z.object({
  language: z.enum(LANGUAGE_CODES).nullable().describe("Of public answers; null: that of the person who asks"),
  answers: z.enum(["public", "private"]),
  automatic: z.array(z.object({ channelId: z.string(), answer: z.enum(["reaction", "reply"]) })),
  live: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("everyone") }),
    z.object({ kind: z.literal("moderators") }),
    z.object({ kind: z.literal("roles"), roleIds: z.array(z.string()).min(1).max(25) }),
  ]),
  retentionDays: z.int().min(0).max(365).describe("0 keeps nothing"),
  alertChannelId: z.string().nullable(),
});

/** Settings to change; what is left out stays. */
export const settingsChange = settingsResource.partial();

/** Something that somebody changed, looked at or exported. */
export const auditResource = z.object({
  id: z.string(),
  kind: z.enum(["change", "view", "export"]),
  actorId: z.string().describe("A person's Discord id; owner for the owner"),
  actorName: z.string().nullable(),
  action: z.string(),
  before: z.unknown(),
  after: z.unknown().describe("What it is since; of a look, what was asked for"),
  at: z.iso.datetime(),
});

/** A server as the API sends it. */
export type GuildResource = z.infer<typeof guildResource>;
/** Settings as the API sends them. */
export type SettingsResource = z.infer<typeof settingsResource>;
/** Settings to change. */
export type SettingsChange = z.infer<typeof settingsChange>;
/** An audit entry as the API sends it. */
export type AuditResource = z.infer<typeof auditResource>;

/** The endpoints of servers. */
export const guildEndpoints = {
  guild: {
    method: "GET",
    path: GUILD,
    summary: "A server: its channels and roles",
    access: "moderator",
    scope: "moods:read",
    answer: guildResource,
  },
  settings: {
    method: "GET",
    path: `${GUILD}/settings`,
    summary: "The settings",
    access: "moderator",
    scope: "settings:read",
    answer: settingsResource,
  },
  changeSettings: {
    method: "PATCH",
    path: `${GUILD}/settings`,
    summary: "Change settings; what is left out stays as it is",
    access: "manager",
    scope: "settings:write",
    body: settingsChange,
    answer: settingsResource,
  },
  audit: {
    method: "GET",
    path: `${GUILD}/audit`,
    summary: "Who changed, looked at or exported what; the latest first",
    access: "moderator",
    scope: "settings:read",
    query: z.object({
      kind: z.enum(["change", "view", "export"]).optional(),
      after: z.string().regex(/^\d+$/).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    answer: z.object({ entries: z.array(auditResource), next: z.string().nullable() }),
  },
} as const satisfies Record<string, Endpoint>;
