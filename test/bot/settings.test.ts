import { PermissionFlagsBits } from "discord.js";
import { expect, test } from "vitest";
import { CATEGORY_ID, CHANNEL_ID, CLOSED_CHANNEL_ID, GUILD_ID, ROLE_ID } from "../discord/index.ts";
import { botForTest, discordForTest } from "./start.ts";

const clip = { name: "hello.ogg", bytes: new Uint8Array(4), contentType: "audio/ogg" };
const MEMBER = String(PermissionFlagsBits.SendMessages | PermissionFlagsBits.UseApplicationCommands);
const MANAGER = String(PermissionFlagsBits.ManageGuild);

async function start() {
  const discord = await discordForTest({ messageContent: true });
  return { discord, ada: discord.user("Ada"), ...(await botForTest(discord)) };
}

test.each([
  ["en-US", ["Language of public answers: that of the person who asks", "Readings are kept for: 30 days"]],
  ["de", ["Sprache öffentlicher Antworten: die der Person, die fragt", "Ergebnisse werden aufbewahrt für: 30 Tage"]],
])("shows what holds until somebody sets something, to the asker only (%s)", async (locale, lines) => {
  const { ada, store } = await start();
  const answer = await ada.slash("settings show", {}, { locale, permissions: MANAGER }).answered();
  expect(answer.ephemeral).toBe(true);
  for (const line of lines) expect(answer.content).toContain(line);
  expect(await store.audit.of(GUILD_ID, 10)).toEqual([]);
});

test.each([
  ["language", { language: "de" }, { language: "de" }, "Language of public answers: Deutsch"],
  ["answers", { "seen-by": "private" }, { answers: "private" }, "Answers: only the person who asks sees them"],
  [
    "automatic",
    { channel: CHANNEL_ID, answer: "reply" },
    { automatic: [{ channelId: CHANNEL_ID, answer: "reply" }] },
    `Automatic channels: <#${CHANNEL_ID}> (a small reply)`,
  ],
  ["live", { who: "everyone" }, { live: { kind: "everyone" } }, "Who may start the live mode: everybody"],
  [
    "live",
    { who: "roles", role: ROLE_ID, "role-3": ROLE_ID },
    { live: { kind: "roles", roleIds: [ROLE_ID] } },
    `Who may start the live mode: <@&${ROLE_ID}>`,
  ],
  ["retention", { days: 1 }, { retentionDays: 1 }, "Readings are kept for: 1 day"],
  ["retention", { days: 0 }, { retentionDays: 0 }, "Readings are kept for: no time at all"],
  ["alerts", { channel: CHANNEL_ID }, { alertChannelId: CHANNEL_ID }, `Alerts: <#${CHANNEL_ID}>`],
] as const)("/settings %s %j is kept, shown and written down once", async (name, values, expected, line) => {
  const { ada, store } = await start();
  const before = await store.guilds.settings(GUILD_ID);
  for (let time = 0; time < 2; time++) {
    const answer = await ada.slash(`settings ${name}`, values).answered();
    expect(answer).toMatchObject({ ephemeral: true, content: expect.stringContaining("Saved.") });
    expect(answer.content).toContain(line);
  }
  expect(await store.guilds.settings(GUILD_ID)).toEqual({ ...before, ...expected });
  const rows = await store.audit.of(GUILD_ID, 10);
  expect(rows.map(({ actorId, action, to }) => ({ actorId, [action]: to }))).toEqual([
    { actorId: ada.id, ...expected },
  ]);
});

test("a channel changes its way of answering, and is left alone again; alerts go nowhere again", async () => {
  const { ada, store } = await start();
  const say = async (command: string, values: Record<string, string> = {}) => {
    await ada.slash(command, values).answered();
    return store.guilds.settings(GUILD_ID);
  };
  await say("settings automatic", { channel: CHANNEL_ID, answer: "reply" });
  const changed = await say("settings automatic", { channel: CHANNEL_ID, answer: "reaction" });
  expect(changed.automatic).toEqual([{ channelId: CHANNEL_ID, answer: "reaction" }]);
  expect((await say("settings automatic", { channel: CHANNEL_ID, answer: "off" })).automatic).toEqual([]);
  await say("settings alerts", { channel: CHANNEL_ID });
  expect((await say("settings alerts")).alertChannelId).toBeNull();
});

test.each([
  ["en-US", "Nobody has changed a setting yet.", "Answers: only the person who asks sees them"],
  ["de", "Noch hat niemand etwas eingestellt.", "Antworten: nur die Person, die fragt, sieht sie"],
])("/settings history says who set what, the latest first (%s)", async (locale, none, line) => {
  const { discord, ada, store } = await start();
  const history = async () => (await ada.slash("settings history", {}, { locale }).answered()).content;
  expect(await history()).toBe(none);
  await store.guilds.change("elsewhere", ada.id, () => ({ retentionDays: 1 }));
  await store.guilds.change(GUILD_ID, ada.id, () => ({ language: "pl" }));
  await discord.user("Bert").slash("settings answers", { "seen-by": "private" }).answered();
  const [, latest = "", first = "", ...more] = (await history()).split("\n");
  expect(latest).toMatch(/^<t:\d+:f> /);
  expect(latest).toContain(`<@${discord.user("Bert").id}> · ${line}`);
  expect(first).toContain(`<@${ada.id}>`);
  expect(first).toContain("Polski");
  expect(more).toEqual([]);
});

test("a long history is told as far as a message goes", async () => {
  const { ada, store } = await start();
  const ids = Array.from({ length: 24 }, (_, i) => `${300_000_000_000_000_000n + BigInt(i)}`);
  for (const count of [20, 21, 22, 23, 24]) {
    const automatic = ids.slice(0, count).map((channelId) => ({ channelId, answer: "reaction" }) as const);
    await store.guilds.change(GUILD_ID, ada.id, () => ({ automatic }));
  }
  const { content } = await ada.slash("settings history", {}, { locale: "fr" }).answered();
  expect(content).toContain(`<#${ids[23]}>`);
  expect(content.split("\n").length).toBeGreaterThan(1);
});

test.each([
  ["en-US", "live", { who: "roles" }, "Choose roles exactly when certain roles shall be allowed."],
  ["de", "live", { who: "everyone", role: ROLE_ID }, "Wähl genau dann Rollen"],
  ["en-US", "alerts", { channel: CLOSED_CHANNEL_ID }, `<#${CLOSED_CHANNEL_ID}> is closed to Timbre.`],
  ["pl", "automatic", { channel: CLOSED_CHANNEL_ID, answer: "reply" }, "jest zamknięty dla Timbre"],
])("refuses what can't work, and changes nothing (%s: %s %j)", async (locale, name, values, sentence) => {
  const { ada, store } = await start();
  const answer = await ada.slash(`settings ${name}`, { ...values }, { locale }).answered();
  expect(answer).toMatchObject({ ephemeral: true, content: expect.stringContaining(sentence) });
  expect(await store.audit.of(GUILD_ID, 10)).toEqual([]);
});

test("listens to at most 25 channels of a server, and can say so in every language", async () => {
  const { ada, store } = await start();
  const ids = Array.from({ length: 25 }, (_, i) => `${3_000_000_000_000_000_000n + BigInt(i)}`);
  const automatic = ids.map((channelId) => ({ channelId, answer: "reply" }) as const);
  await store.guilds.change(GUILD_ID, "someone", () => ({ automatic }));
  const answer = await ada.slash("settings automatic", { channel: CHANNEL_ID, answer: "reply" }).answered();
  expect(answer.content).toContain("at most 25 channels");
  expect((await store.guilds.settings(GUILD_ID)).automatic).toEqual(automatic);
  for (const locale of ["en-US", "de", "fr", "es-ES", "pt-BR", "pl"]) {
    const { content } = await ada.slash("settings show", {}, { locale }).answered();
    for (const id of ids) expect(content).toContain(`<#${id}>`);
  }
});

test("is offered to people who may manage the server, and refuses others whom the server lets in", async () => {
  const { ada, store } = await start();
  expect(() => ada.slash("settings show", {}, { permissions: MEMBER })).toThrow("isn't offered");
  expect(() => ada.slash("settings show", {}, { dm: true })).toThrow("can't be used in direct messages");
  const answer = await ada
    .slash("settings retention", { days: 0 }, { permissions: MEMBER, isLetIn: true, locale: "de" })
    .answered();
  expect(answer).toMatchObject({
    ephemeral: true,
    content: expect.stringContaining("Nur wer diesen Server verwalten"),
  });
  expect(await store.guilds.settings(GUILD_ID)).toMatchObject({ retentionDays: 30 });
});

test("Discord itself refuses values that make no sense", async () => {
  const { ada } = await start();
  for (const days of [-1, 366, 1.5]) expect(() => ada.slash("settings retention", { days })).toThrow("doesn't take");
  expect(() => ada.slash("settings language", { language: "xx" })).toThrow("doesn't take");
  expect(() => ada.slash("settings alerts", { channel: CATEGORY_ID })).toThrow("doesn't take");
});

test.each([
  ["nothing is set", {}, false, "pl"],
  ["the server has a language", { language: "de" }, false, "de"],
  ["answers are private", { answers: "private" }, true, "pl"],
  ["answers are private, whatever the language", { answers: "private", language: "de" }, true, "pl"],
] as const)("/emotion answers as the server wants it: %s", async (_what, settings, ephemeral, locale) => {
  const { ada, store, jobs } = await start();
  await store.guilds.change(GUILD_ID, "someone", () => settings);
  const asked = ada.slash("emotion", { clip }, { locale: "pl" });
  expect(await asked.acknowledged()).toMatchObject({ deferred: true, message: { ephemeral } });
  const { job } = await jobs.find(() => true, "a job");
  expect(job.reply).toMatchObject({ locale });
});

test.each([
  ["en-US", "switch on the Message Content Intent"],
  ["de", "Schalte im Entwicklerportal"],
])(
  "no channel is listened to while the bot may not see messages, and whoever wants it is told (%s)",
  async (locale, sentence) => {
    const discord = await discordForTest();
    const { store } = await botForTest(discord);
    const choice = { channel: CHANNEL_ID, answer: "reply" };
    const refused = await discord.user("Ada").slash("settings automatic", choice, { locale }).answered();
    expect(refused.content).toContain(sentence);
    expect((await store.guilds.settings(GUILD_ID)).automatic).toEqual([]);
  },
);
