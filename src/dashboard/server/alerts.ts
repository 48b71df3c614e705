/** The inbox, rules and their trial, and webhooks. */

import { UserError } from "../../errors.ts";
import { mayBeCalled } from "../../jobs/public-address.ts";
import { replay } from "../../mood/alerts.ts";
import { FEWEST_PEOPLE } from "../../mood/few-people.ts";
import { API } from "../api/index.ts";
import { alertResourceOf, evidenceOf, ruleOf, ruleResourceOf, webhookResourceOf } from "./alert-resources.ts";
import type { DashboardParts } from "./parts.ts";
import { read, type Serve } from "./serve.ts";

const DAY_MS = 86_400_000;
/** Firings that a trial lists at most. */
const MOST_FIRINGS = 200;

/** Adds the endpoints. */
export function addAlerts(serve: Serve, parts: DashboardParts): void {
  const { store, now } = parts;

  serve("alerts", async ({ request, guildId }) => {
    const { state, after, limit } = read(API.alerts.query, request.query);
    const page = { state, after: after === undefined ? undefined : numberOf(after), limit };
    const alerts = await store.alerts.of(guildId, page);
    const deliveries = await store.alerts.deliveries(alerts.map(({ id }) => id));
    const last = alerts.length === limit ? alerts[alerts.length - 1] : undefined;
    return {
      alerts: alerts.map((alert) => alertResourceOf(alert, deliveries.get(alert.id))),
      next: last ? String(last.number) : null,
    };
  });
  serve("handleAlert", async ({ request, guildId, who, param }) => {
    const { state, note } = read(API.handleAlert.body, request.body);
    const handled = await store.alerts.handle(guildId, who.actorId, param("alertId"), { state, note });
    if (!handled) throw new UserError("not-there");
    return alertResourceOf(handled, (await store.alerts.deliveries([handled.id])).get(handled.id));
  });

  serve("rules", async ({ guildId }) => (await store.alertRules.of(guildId)).map(ruleResourceOf));
  serve("makeRule", async ({ request, guildId, who }) => {
    const rule = ruleOf(read(API.makeRule.body, request.body));
    const made = await store.alertRules.make(guildId, who.actorId, rule);
    if (!made) throw new UserError("too-many");
    return ruleResourceOf(made);
  });
  serve("changeRule", async ({ request, guildId, who, param }) => {
    const rule = ruleOf(read(API.changeRule.body, request.body));
    const changed = await store.alertRules.change(guildId, who.actorId, param("ruleId"), rule);
    if (!changed) throw new UserError("not-there");
    return ruleResourceOf(changed);
  });
  serve("deleteRule", async ({ guildId, who, param }) => {
    if (!(await store.alertRules.remove(guildId, who.actorId, param("ruleId")))) throw new UserError("not-there");
    return undefined;
  });
  serve("tryRule", async ({ request, guildId }) => {
    const { days, ...wanted } = read(API.tryRule.body, request.body);
    const { terms } = ruleOf(wanted);
    const since = new Date(now().getTime() - days * DAY_MS);
    const heard = await store.alertRules.heardSince(guildId, since, terms.channelIds);
    const firings = [...heard].flatMap(([channelId, those]) =>
      replay(terms, those).map((firing) => ({ ...firing, channelId: channelId || null })),
    );
    const told = firings.filter(({ evidence }) => evidence.people >= FEWEST_PEOPLE).toSorted((a, b) => b.at - a.at);
    return {
      ...{ days, count: firings.length, quiet: firings.filter(({ isQuiet }) => isQuiet).length },
      firings: told.slice(0, MOST_FIRINGS).map(({ at, channelId, evidence }) => ({
        ...{ at: new Date(at).toISOString(), channelId, evidence: evidenceOf(evidence) },
      })),
    };
  });

  serve("webhooks", async ({ guildId }) => (await store.webhooks.of(guildId)).map(webhookResourceOf));
  serve("makeWebhook", async ({ request, guildId, who }) => {
    const { url } = read(API.makeWebhook.body, request.body);
    if (!mayBeCalled(new URL(url), parts.webhookHosts))
      throw new UserError("webhook-refused", { host: new URL(url).host });
    const made = await store.webhooks.make(guildId, who.actorId, url);
    if (!made) throw new UserError("too-many");
    return { ...webhookResourceOf(made.webhook), secret: made.secret };
  });
  serve("changeWebhook", async ({ request, guildId, who, param }) => {
    const { isOn } = read(API.changeWebhook.body, request.body);
    const changed = await store.webhooks.turn(guildId, who.actorId, param("webhookId"), isOn);
    if (!changed) throw new UserError("not-there");
    return webhookResourceOf(changed);
  });
  serve("deleteWebhook", async ({ guildId, who, param }) => {
    if (!(await store.webhooks.remove(guildId, who.actorId, param("webhookId")))) throw new UserError("not-there");
    return undefined;
  });
}

/** @throws UserError `bad-request` for what isn't a page's end. */
function numberOf(after: string): number {
  if (!/^\d{1,15}$/.test(after)) throw new UserError("bad-request", { detail: "after" });
  return Number(after);
}
