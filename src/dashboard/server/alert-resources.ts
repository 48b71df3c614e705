/** Alerts, rules and webhooks as the API sends them. */

import type { Evidence } from "../../mood/alerts.ts";
import { FEWEST_PEOPLE } from "../../mood/few-people.ts";
import type { Alert, AlertRule, Delivery, NewRule, Webhook } from "../../store/index.ts";
import type { AlertResource, RuleRequest, RuleResource, WebhookResource } from "../api/alerts.ts";

/** A rule. */
export function ruleResourceOf({ id, name, isOn, terms, createdAt, lastFiredAt }: AlertRule): RuleResource {
  const { windowMs, cooldownMs, ...rest } = terms;
  return {
    ...{ id, name, isOn, ...rest, windowSeconds: windowMs / 1000, cooldownSeconds: cooldownMs / 1000 },
    ...{ createdAt: createdAt.toISOString(), lastFiredAt: lastFiredAt?.toISOString() ?? null },
  };
}

/** What somebody wants a rule to be. */
export function ruleOf({ name, isOn, windowSeconds, cooldownSeconds, ...terms }: RuleRequest): NewRule {
  const { channelIds, labels, threshold, minUtterances, quiet } = terms;
  const times = { windowMs: windowSeconds * 1000, cooldownMs: cooldownSeconds * 1000 };
  return { name, isOn, terms: { channelIds, labels, threshold, minUtterances, quiet, ...times } };
}

/** What an alert rests on. How many people are few people isn't told: they could be told apart. */
export function evidenceOf(evidence: Evidence): AlertResource["evidence"] {
  return {
    ...evidence,
    labels: [...evidence.labels],
    people: evidence.people < FEWEST_PEOPLE ? null : evidence.people,
    from: new Date(evidence.from).toISOString(),
    to: new Date(evidence.to).toISOString(),
  };
}

/** An alert, and where it went. */
export function alertResourceOf(alert: Alert, deliveries: readonly Delivery[] = []): AlertResource {
  const { id, ruleId, ruleName, channelId, at, state, note, handledBy, handledAt, isQuiet, evidence } = alert;
  return {
    ...{ id, ruleId, ruleName, channelId: channelId || null, at: new Date(at).toISOString(), state, note },
    ...{ handledBy, handledAt: handledAt?.toISOString() ?? null, isQuiet, evidence: evidenceOf(evidence) },
    deliveries: deliveries.map(({ webhook, status, endedAt, reason }) => ({
      ...{ target: webhook ? "webhook" : "discord", host: webhook ? new URL(webhook.url).host : null },
      ...{ status, at: endedAt?.toISOString() ?? null, reason },
    })),
  };
}

/** A webhook. */
export function webhookResourceOf({ id, url, isOn, createdAt, lastStatus }: Webhook): WebhookResource {
  return { id, url, isOn, createdAt: createdAt.toISOString(), lastStatus };
}
