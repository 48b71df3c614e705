/** From a reading to the alert in the channel and at the webhook: real store and queue, the local Discord, a receiver. */

import { createHmac } from "node:crypto";
import { text } from "node:stream/consumers";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type NewRule, openStore, type Store } from "../../src/store/index.ts";
import { type Alerting, openAlerts, watched } from "../../src/worker/alerts/index.ts";
import { CHANNEL_ID, CLOSED_CHANNEL_ID, GUILD_ID, type LocalDiscord, startLocalDiscord } from "../discord/index.ts";
import { startTestServer, type TestServer } from "../support/http-server.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

const ANGRY = { ...SAMPLE_READING, label: "anger" };
const RULE: NewRule = {
  name: "Tempers",
  isOn: true,
  terms: {
    ...{ channelIds: [], labels: ["anger"], threshold: 0.6, windowMs: 120_000, minUtterances: 3 },
    ...{ cooldownMs: 600_000, quiet: null },
  },
};

interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const postgres = postgresForFile();
let store: Store;
let address: string;
let discord: LocalDiscord;
let receiver: TestServer;
let alerts: Alerting;
let now: Date;
let received: Received[];
/** What the receiver answers next; 200 when there is nothing. */
let answers: number[];
let onReceived: () => void;

beforeEach(async () => {
  now = new Date("2026-03-10T12:00:00Z");
  address = await postgres.createDatabase();
  store = await openStore(address, { now: () => now });
  discord = await startLocalDiscord();
  received = [];
  answers = [];
  onReceived = () => undefined;
  receiver = await startTestServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(answers.shift() ?? 200).end();
    onReceived();
  });
  alerts = await open();
});
afterEach(async () => {
  await alerts.close();
  await receiver.close();
  await discord.close();
  await store.close();
});

function open(): Promise<Alerting> {
  return openAlerts({
    ...{ store, discordApi: discord.api, discordToken: discord.token, logger: pino({ level: "silent" }) },
    ...{ backend: { kind: "postgres", connectionString: address }, webhookHosts: [receiver.host], backoffMs: 10 },
  });
}

/** Readings of one person each, ten seconds apart. */
async function speak(count: number, channelId = "1", people = count): Promise<void> {
  const { clips } = watched(store, alerts.heard);
  for (let index = 0; index < count; index++) {
    now = new Date(now.getTime() + 10_000);
    const id = `${now.getTime()}-${channelId}`;
    await clips.accept(id, { source: "live", guildId: GUILD_ID, channelId, subjectId: `p${index % people}` });
    await clips.saveReading(id, ANGRY);
  }
}

async function settle(): Promise<void> {
  // A delivery ends in the store: that is where everybody looks for it.
  for (;;) {
    const rows = await query(address, "select 1 from deliveries where status = 'waiting'");
    if (rows.length === 0) return;
    await new Promise(setImmediate);
  }
}

const inbox = () => store.alerts.of(GUILD_ID, { limit: 10 });

test("an alert is in the inbox, in the alert channel and at the webhook, each once", async () => {
  await store.alertRules.make(GUILD_ID, "mo", RULE);
  await store.guilds.change(GUILD_ID, "mo", () => ({ alertChannelId: CHANNEL_ID, language: "de" }));
  const made = await store.webhooks.make(GUILD_ID, "mo", `${receiver.address}/hook`);
  await speak(4);
  await settle();
  const [alert, ...others] = await inbox();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({ channelId: "1", ruleName: "Tempers", state: "open", isQuiet: false });
  expect(alert?.evidence).toMatchObject({ utterances: 3, matching: 3, share: 1, people: 3, threshold: 0.6 });

  expect(discord.sent.entries).toHaveLength(1);
  const [embed] = discord.sent.entries[0]?.embeds ?? [];
  expect(embed?.title).toBe("Warnung: Tempers");
  expect(embed?.description).toContain("3 von 3 Äußerungen");

  const [call, ...more] = received;
  expect(more).toEqual([]);
  const { type, data } = JSON.parse(call?.body ?? "");
  expect({ type, id: data.id, people: data.evidence.people }).toEqual({
    type: "alert.raised",
    id: alert?.id,
    people: 3,
  });
  const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signature } = call?.headers ?? {};
  const key = Buffer.from(made?.secret.slice("whsec_".length) ?? "", "base64");
  expect(signature).toBe(`v1,${createHmac("sha256", key).update(`${id}.${time}.${call?.body}`).digest("base64")}`);
});

test("a webhook that fails is tried again with the same id and body, and one that is gone is not", async () => {
  await store.alertRules.make(GUILD_ID, "mo", RULE);
  await store.webhooks.make(GUILD_ID, "mo", `${receiver.address}/hook`);
  answers = [500, 429, 200];
  await speak(3);
  await settle();
  expect(received).toHaveLength(3);
  expect(new Set(received.map(({ body, headers }) => body + headers["webhook-id"])).size).toBe(1);
  now = new Date(now.getTime() + 700_000);
  answers = [410];
  await speak(3);
  await settle();
  expect(received).toHaveLength(4);
  const [latest] = await inbox();
  const went = await store.alerts.deliveries([latest?.id ?? ""]);
  expect([...went.values()].flat()).toMatchObject([{ status: "failed", reason: `${receiver.host} answered 410` }]);
});

test("an address that leads into a private network isn't called", async () => {
  await store.alertRules.make(GUILD_ID, "mo", RULE);
  const { port } = new URL(receiver.address);
  await store.webhooks.make(GUILD_ID, "mo", `https://127.0.0.1:${port}/hook`);
  await store.webhooks.make(GUILD_ID, "mo", `https://localhost.localdomain:${port}/hook`);
  await alerts.close();
  alerts = await openAlerts({
    ...{ store, discordApi: discord.api, logger: pino({ level: "silent" }), webhookHosts: [], backoffMs: 1 },
    backend: { kind: "postgres", connectionString: address },
  });
  await speak(3);
  await settle();
  expect(received).toEqual([]);
  const [alert] = await inbox();
  const went = [...(await store.alerts.deliveries([alert?.id ?? ""])).values()].flat();
  expect(went.map(({ status }) => status)).toEqual(["failed", "failed"]);
});

test("a channel that Timbre may not write in is a failure that says so", async () => {
  await store.alertRules.make(GUILD_ID, "mo", RULE);
  await store.guilds.change(GUILD_ID, "mo", () => ({ alertChannelId: CLOSED_CHANNEL_ID }));
  await speak(3);
  await settle();
  const [alert] = await inbox();
  const went = [...(await store.alerts.deliveries([alert?.id ?? ""])).values()].flat();
  expect(went).toMatchObject([{ webhook: null, status: "failed", reason: "Discord refused it: Missing Access" }]);
});

test("what a process noted and didn't hand on before it died goes out later", async () => {
  const rule = await store.alertRules.make(GUILD_ID, "mo", RULE);
  await store.webhooks.make(GUILD_ID, "mo", `${receiver.address}/hook`);
  await alerts.close();
  const evidence = {
    labels: ["anger"],
    threshold: 0.6,
    share: 1,
    utterances: 3,
    matching: 3,
    people: 3,
    confidence: 0.7,
  };
  if (!rule) throw new Error("no rule");
  const firing = { at: now.getTime(), isQuiet: false, evidence: { ...evidence, from: 0, to: 1 } };
  await store.alerts.raise(rule, "1", firing);
  const arrived = new Promise<void>((resolve) => {
    onReceived = resolve;
  });
  alerts = await open();
  await arrived;
  expect(received).toHaveLength(1);
});

test("what is read in another order than it was said raises the same alert", async () => {
  await store.alertRules.make(GUILD_ID, "mo", RULE);
  const { clips } = watched(store, alerts.heard);
  const ids = ["first", "second", "third"];
  for (const id of ids) {
    now = new Date(now.getTime() + 10_000);
    await clips.accept(id, { source: "live", guildId: GUILD_ID, channelId: "1", subjectId: id });
  }
  for (const id of ids.toReversed()) await clips.saveReading(id, ANGRY);
  expect(await inbox()).toMatchObject([{ at: now.getTime(), evidence: { utterances: 3 } }]);
});

test("of many workers that see the same, one raises it; each channel cools down by itself", async () => {
  const rule = await store.alertRules.make(GUILD_ID, "mo", RULE);
  if (!rule) throw new Error("no rule");
  const evidence = {
    labels: ["anger"],
    threshold: 0.6,
    share: 1,
    utterances: 3,
    matching: 3,
    people: 3,
    confidence: 0.7,
  };
  const firing = { at: now.getTime(), isQuiet: false, evidence: { ...evidence, from: 0, to: 1 } };
  const raised = await Promise.all(Array.from({ length: 5 }, () => store.alerts.raise(rule, "1", firing)));
  expect(raised.filter((alert) => alert !== undefined)).toHaveLength(1);
  expect(await store.alerts.raise(rule, "2", firing)).toBeDefined();
});

test("a rule that is off, of another channel or in quiet hours disturbs nobody", async () => {
  const { terms } = RULE;
  await store.webhooks.make(GUILD_ID, "mo", `${receiver.address}/hook`);
  await store.alertRules.make(GUILD_ID, "mo", { ...RULE, isOn: false });
  await store.alertRules.make(GUILD_ID, "mo", { ...RULE, terms: { ...terms, channelIds: ["2"] } });
  const quiet = { from: "11:00", to: "13:00", zone: "UTC" };
  await store.alertRules.make(GUILD_ID, "mo", { ...RULE, name: "Quiet", terms: { ...terms, quiet } });
  await speak(3);
  expect(await inbox()).toMatchObject([{ ruleName: "Quiet", isQuiet: true }]);
  expect(await query(address, "select * from deliveries")).toEqual([]);
});
