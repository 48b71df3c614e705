import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { API } from "../../src/dashboard/api/index.ts";
import { GUILD_ID } from "../discord/index.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { MANAGE, MODERATE, type Rig, type SignedInHeaders, startRig } from "./rig.ts";

const BASE = `/api/v1/guilds/${GUILD_ID}`;
const RULE = {
  ...{ name: "Tempers", isOn: true, channelIds: [], labels: ["anger"], threshold: 0.6, windowSeconds: 120 },
  ...{ minUtterances: 3, cooldownSeconds: 600, quiet: null },
};
const HOUR_MS = 3_600_000;

const postgres = postgresForFile();
let rig: Rig;
let manager: SignedInHeaders;
let moderator: SignedInHeaders;

beforeAll(async () => {
  rig = await startRig(postgres);
  manager = await rig.signIn("Max", MANAGE);
  moderator = await rig.signIn("Mo", MODERATE);
});
afterAll(() => rig.close());
beforeEach(async () => {
  await query(rig.address, "truncate alert_rules, alerts, webhooks, deliveries, clips cascade");
});

async function ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, payload?: object, who = manager) {
  const answer = await rig.app.inject({ method, url: BASE + path, headers: who, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.body === "" ? undefined : answer.json() };
}

/** Raises alerts of a rule. */
async function raise(count: number, people = 3) {
  const { body: rule } = await ask("POST", "/alert-rules", RULE);
  const [stored] = (await rig.store.alertRules.of(GUILD_ID)).filter(({ id }) => id === rule.id);
  if (!stored) throw new Error("no rule");
  const evidence = {
    labels: ["anger"],
    threshold: 0.6,
    share: 1,
    utterances: 3,
    matching: 3,
    people,
    confidence: 0.7,
    from: 0,
    to: 1,
  };
  for (let index = 0; index < count; index++)
    await rig.store.alerts.raise(stored, "1", { at: rig.now.getTime() + index * HOUR_MS, isQuiet: false, evidence });
  return stored;
}

describe("rules", () => {
  test("are made, changed and deleted, each written down", async () => {
    const made = await ask("POST", "/alert-rules", RULE);
    expect(made.status).toBe(201);
    expect(API.makeRule.answer.parse(made.body)).toMatchObject({ ...RULE, lastFiredAt: null });
    const changed = await ask("PUT", `/alert-rules/${made.body.id}`, { ...RULE, isOn: false });
    expect(changed.body).toMatchObject({ id: made.body.id, isOn: false });
    expect((await ask("GET", "/alert-rules", undefined, moderator)).body).toEqual([changed.body]);
    expect((await ask("DELETE", `/alert-rules/${made.body.id}`)).status).toBe(204);
    expect((await ask("DELETE", `/alert-rules/${made.body.id}`)).status).toBe(404);
    const [removed, turned, added] = await rig.store.audit.of(GUILD_ID, 3);
    expect(added).toMatchObject({ action: "alertRule", from: null, to: { name: "Tempers" } });
    expect(turned).toMatchObject({ from: { isOn: true }, to: { isOn: false } });
    expect(removed).toMatchObject({ actorId: rig.discord.user("Max").id, from: { isOn: false }, to: null });
  });

  test.each([
    ["threshold", { threshold: 60 }],
    ["labels", { labels: [] }],
    ["name", { name: " " }],
    ["quiet", { quiet: { from: "25:00", to: "07:00", zone: "UTC" } }],
    ["quiet", { quiet: { from: "22:00", to: "07:00", zone: "Nowhere" } }],
  ])("with a wrong %s are refused, and the answer says which", async (field, change) => {
    const { status, body } = await ask("POST", "/alert-rules", { ...RULE, ...change });
    expect(status).toBe(400);
    expect(body.error.message).toContain(field);
  });

  test("are tried on what was heard; firings of few people are counted and not shown", async () => {
    for (const [index, who] of ["a", "b", "c"].entries())
      await rig.hear({ id: `x${index}`, who, at: new Date(rig.now.getTime() - 48 * HOUR_MS + index * 1000) });
    for (let index = 0; index < 3; index++)
      await rig.hear({
        id: `y${index}`,
        who: "a",
        channelId: "2",
        at: new Date(rig.now.getTime() - 24 * HOUR_MS + index * 1000),
      });
    const trial = API.tryRule.answer.parse(
      (await ask("POST", "/alert-rules/trial", { ...RULE, days: 7 }, moderator)).body,
    );
    expect(trial).toMatchObject({
      days: 7,
      count: 2,
      quiet: 0,
      firings: [{ channelId: "1", evidence: { people: 3 } }],
    });
    expect((await ask("POST", "/alert-rules/trial", { ...RULE, days: 1 })).body.count).toBe(1);
    expect((await ask("POST", "/alert-rules/trial", { ...RULE, channelIds: ["1"] })).body.count).toBe(1);
    expect((await ask("GET", "/alerts")).body.alerts).toEqual([]);
  });

  test("are at most fifty", async () => {
    for (let index = 0; index < 50; index++) expect((await ask("POST", "/alert-rules", RULE)).status).toBe(201);
    expect((await ask("POST", "/alert-rules", RULE)).body.error.code).toBe("too-many");
  });
});

describe("the inbox", () => {
  test("has the latest first, page by page and by state", async () => {
    await raise(3);
    const first = API.alerts.answer.parse((await ask("GET", "/alerts?limit=2", undefined, moderator)).body);
    expect(first.alerts.map(({ at }) => at)).toEqual(["2026-03-10T14:00:00.000Z", "2026-03-10T13:00:00.000Z"]);
    const rest = (await ask("GET", `/alerts?limit=2&after=${first.next}`)).body;
    expect([rest.alerts.length, rest.next]).toEqual([1, null]);
    expect((await ask("GET", "/alerts?state=dismissed")).body.alerts).toEqual([]);
  });

  test("lets an alert be acknowledged, dismissed with a note, and opened again", async () => {
    await raise(1);
    const [{ id }] = (await ask("GET", "/alerts")).body.alerts;
    const handled = await ask("PATCH", `/alerts/${id}`, { state: "dismissed", note: "a song" }, moderator);
    const { id: mo } = rig.discord.user("Mo");
    expect(handled.body).toMatchObject({
      state: "dismissed",
      note: "a song",
      handledBy: mo,
      handledAt: rig.now.toISOString(),
    });
    expect((await ask("PATCH", `/alerts/${id}`, { state: "open" })).body).toMatchObject({
      note: null,
      handledBy: null,
    });
    expect((await rig.store.audit.of(GUILD_ID, 1))[0]).toMatchObject({
      action: "alert",
      to: { alertId: id, state: "open" },
    });
    expect((await ask("PATCH", "/alerts/none", { state: "open" })).status).toBe(404);
  });

  test("doesn't say how many few people are, and keeps an alert whose rule is gone", async () => {
    const rule = await raise(1, 2);
    await ask("DELETE", `/alert-rules/${rule.id}`);
    const [alert] = (await ask("GET", "/alerts")).body.alerts;
    expect(alert).toMatchObject({ ruleId: null, ruleName: "Tempers", evidence: { people: null, utterances: 3 } });
  });

  test("forgets with its server's retention", async () => {
    await raise(1);
    rig.now = new Date(rig.now.getTime() + 31 * 24 * HOUR_MS);
    expect(await rig.store.alerts.deleteExpired()).toBe(1);
  });
});

describe("webhooks", () => {
  test("show their secret once, and their address to managers alone", async () => {
    const manager2 = await rig.signIn("Max2", MANAGE);
    rig.now = new Date(rig.now.getTime() + 5 * 60_000);
    const made = await ask("POST", "/webhooks", { url: "https://hooks.example/a/secret-path" }, manager2);
    expect(API.makeWebhook.answer.parse(made.body).secret).toMatch(/^whsec_/);
    const [listed] = (await ask("GET", "/webhooks", undefined, manager2)).body;
    expect(listed).toEqual({ ...API.webhooks.answer.element.parse(made.body) });
    expect((await ask("PATCH", `/webhooks/${listed.id}`, { isOn: false }, manager2)).body.isOn).toBe(false);
    expect((await ask("DELETE", `/webhooks/${listed.id}`, undefined, manager2)).status).toBe(204);
    expect(JSON.stringify(await rig.store.audit.page(GUILD_ID, { limit: 10 }))).not.toContain("secret-path");
  });

  test.each([
    "http://hooks.example/",
    "https://127.0.0.1/",
    "https://10.1.2.3/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[fd00::1]/",
    "https://localhost/",
    "https://db.internal/",
    "https://user:password@hooks.example/",
    "https://2130706433/",
  ])("can't have the address %s", async (url) => {
    const manager2 = await rig.signIn("Max2", MANAGE);
    const { status, body } = await ask("POST", "/webhooks", { url }, manager2);
    expect([status, body.error.code]).toEqual([422, "webhook-refused"]);
  });
});
