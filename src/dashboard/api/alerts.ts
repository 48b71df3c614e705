/** Alerts, the rules by which they are raised, and the webhooks that hear of them. */

import { z } from "zod";
import { type Endpoint, GUILD } from "./endpoint.ts";
import { timeZone } from "./moods.ts";

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 22:30");

/** What a rule says. */
export const ruleRequest = z.object({
  name: z.string().trim().min(1).max(80),
  isOn: z.boolean(),
  channelIds: z.array(z.string()).max(50).describe("None: every channel, each by itself"),
  labels: z.array(z.string()).min(1).max(10).describe("Any of these counts, e.g. fear or sadness"),
  threshold: z.number().min(0.05).max(1).describe("Share of the utterances, above which it is raised"),
  windowSeconds: z.int().min(30).max(3600).describe("Over how long"),
  minUtterances: z.int().min(1).max(1000).describe("At least so many in that time"),
  cooldownSeconds: z.int().min(0).max(86_400).describe("So long after an alert the same channel raises no other"),
  quiet: z
    .object({ from: clockTime, to: clockTime, zone: timeZone })
    .nullable()
    .describe("In these hours alerts go into the inbox and nowhere else"),
});

/** A rule. */
export const ruleResource = ruleRequest.extend({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  lastFiredAt: z.iso.datetime().nullable(),
});

/** What an alert rests on. */
export const evidenceResource = z.object({
  labels: z.array(z.string()),
  threshold: z.number(),
  share: z.number().describe("Share of the utterances that sounded so"),
  utterances: z.int(),
  matching: z.int().describe("How many of them sounded so"),
  people: z.int().nullable().describe("How many people spoke; null where it were fewer than 3"),
  confidence: z.number().describe("Mean confidence of the matching utterances, 0 to 1: how sure it is"),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});

/** Where an alert went, and whether it arrived. */
export const deliveryResource = z.object({
  target: z.enum(["discord", "webhook"]),
  host: z.string().nullable().describe("The webhook's host"),
  status: z.enum(["waiting", "delivered", "failed"]),
  at: z.iso.datetime().nullable(),
  reason: z.string().nullable().describe("Why it failed"),
});

/** An alert. */
export const alertResource = z.object({
  id: z.uuid(),
  ruleId: z.uuid().nullable().describe("Null when the rule is gone"),
  ruleName: z.string(),
  channelId: z.string().nullable(),
  at: z.iso.datetime(),
  state: z.enum(["open", "acknowledged", "dismissed"]),
  note: z.string().nullable(),
  handledBy: z.string().nullable().describe("Id of whoever acknowledged or dismissed it"),
  handledAt: z.iso.datetime().nullable(),
  isQuiet: z.boolean().describe("Raised in quiet hours, so only here"),
  evidence: evidenceResource,
  deliveries: z.array(deliveryResource),
});

/** A rule tried on what was heard. */
export const trialResource = z.object({
  days: z.int(),
  count: z.int().describe("So often it would have fired"),
  quiet: z.int().describe("How many of them in quiet hours"),
  firings: z
    .array(z.object({ at: z.iso.datetime(), channelId: z.string().nullable(), evidence: evidenceResource }))
    .describe("Those that rest on at least 3 people, the latest first"),
});

/** A webhook, without its secret. */
export const webhookResource = z.object({
  id: z.uuid(),
  url: z.url(),
  isOn: z.boolean(),
  createdAt: z.iso.datetime(),
  lastStatus: z.enum(["waiting", "delivered", "failed"]).nullable(),
});

/** A webhook that was just made: the only time that its secret is shown. */
export const newWebhookResource = webhookResource.extend({
  secret: z.string().describe("Signs what is sent, as standardwebhooks.com has it"),
});

/** An alert as the API sends it. */
export type AlertResource = z.infer<typeof alertResource>;
/** A rule as the API sends it. */
export type RuleResource = z.infer<typeof ruleResource>;
/** What a rule shall say. */
export type RuleRequest = z.infer<typeof ruleRequest>;
/** A tried rule as the API sends it. */
export type TrialResource = z.infer<typeof trialResource>;
/** A webhook as the API sends it. */
export type WebhookResource = z.infer<typeof webhookResource>;

/** The endpoints of alerts. */
export const alertEndpoints = {
  alerts: {
    method: "GET",
    path: `${GUILD}/alerts`,
    summary: "The inbox, the latest first, page by page",
    access: "moderator",
    scope: "alerts:read",
    query: z.object({
      state: z.enum(["open", "acknowledged", "dismissed"]).optional(),
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    answer: z.object({ alerts: z.array(alertResource), next: z.string().nullable() }),
    audit: "view",
  },
  handleAlert: {
    method: "PATCH",
    path: `${GUILD}/alerts/:alertId`,
    summary: "Acknowledge an alert, dismiss it with a note, or open it again",
    access: "moderator",
    scope: "alerts:write",
    body: z.object({
      state: z.enum(["open", "acknowledged", "dismissed"]),
      note: z.string().trim().max(1000).nullable().default(null),
    }),
    answer: alertResource,
  },
  rules: {
    method: "GET",
    path: `${GUILD}/alert-rules`,
    summary: "The rules",
    access: "moderator",
    scope: "alerts:read",
    answer: z.array(ruleResource),
  },
  makeRule: {
    method: "POST",
    path: `${GUILD}/alert-rules`,
    summary: "Make a rule",
    access: "manager",
    scope: "alerts:write",
    body: ruleRequest,
    answer: ruleResource,
    status: 201,
  },
  changeRule: {
    method: "PUT",
    path: `${GUILD}/alert-rules/:ruleId`,
    summary: "Change a rule",
    access: "manager",
    scope: "alerts:write",
    body: ruleRequest,
    answer: ruleResource,
  },
  deleteRule: {
    method: "DELETE",
    path: `${GUILD}/alert-rules/:ruleId`,
    summary: "Delete a rule; its alerts stay",
    access: "manager",
    scope: "alerts:write",
  },
  tryRule: {
    method: "POST",
    path: `${GUILD}/alert-rules/trial`,
    summary: "How often a rule would have fired",
    access: "moderator",
    scope: "alerts:read",
    body: ruleRequest.extend({ days: z.int().min(1).max(28).default(7) }),
    answer: trialResource,
    status: 200,
    audit: "view",
  },
  webhooks: {
    method: "GET",
    path: `${GUILD}/webhooks`,
    summary: "The webhooks that hear of alerts",
    access: "manager",
    scope: "alerts:read",
    answer: z.array(webhookResource),
  },
  makeWebhook: {
    method: "POST",
    path: `${GUILD}/webhooks`,
    summary: "Add a webhook",
    access: "manager",
    scope: "alerts:write",
    body: z.object({ url: z.url({ protocol: /^https?$/ }).max(2000) }),
    answer: newWebhookResource,
    status: 201,
  },
  changeWebhook: {
    method: "PATCH",
    path: `${GUILD}/webhooks/:webhookId`,
    summary: "Switch a webhook on or off",
    access: "manager",
    scope: "alerts:write",
    body: z.object({ isOn: z.boolean() }),
    answer: webhookResource,
  },
  deleteWebhook: {
    method: "DELETE",
    path: `${GUILD}/webhooks/:webhookId`,
    summary: "Remove a webhook",
    access: "manager",
    scope: "alerts:write",
  },
} as const satisfies Record<string, Endpoint>;
