import { REST, Routes } from "discord.js";
import { expect, test } from "vitest";
import { exportFiles } from "../../src/bot/commands/privacy/export.ts";
import { LANGUAGES } from "../../src/i18n/index.ts";
import { GUILD_ID } from "../discord/index.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { botForTest, discordForTest } from "./start.ts";

const clip = { name: "hello.ogg", bytes: new Uint8Array(4), contentType: "audio/ogg" };

async function start() {
  const discord = await discordForTest({ messageContent: true });
  const ada = discord.user("Ada");
  const bert = discord.user("Bert");
  const parts = await botForTest(discord);
  const { store } = parts;
  /** Ada's clip that Bert asked about, one of hers that failed, and Bert's clip that Ada asked about. */
  async function fill() {
    const where = { source: "menu", guildId: GUILD_ID, channelId: "c" } as const;
    await store.clips.accept("hers", { ...where, subjectId: ada.id, askerId: bert.id });
    await store.clips.saveReading("hers", SAMPLE_READING);
    await store.clips.accept("under way", { ...where, subjectId: ada.id, askerId: ada.id });
    await store.clips.accept("his", { ...where, subjectId: bert.id, askerId: ada.id });
    await store.clips.saveReading("his", SAMPLE_READING);
    await store.corrections.save("hers", ada.id, "fear");
    await store.guilds.change(GUILD_ID, ada.id, () => ({ retentionDays: 7 }));
    const session = { id: "s", guildId: GUILD_ID, channelId: "v", textChannelId: "v", startedBy: ada.id };
    await store.live.start(session);
    for (const userId of [ada.id, bert.id]) await store.live.choose("s", userId, true);
  }
  return { discord, ada, bert, fill, ...parts };
}

test.each([
  ["en-US", false, "Readings of your voice: none.", "Your choice: Timbre may hear a clip of yours when somebody asks"],
  ["de", true, "Ergebnisse zu deiner Stimme: keine.", "Deine Wahl: Timbre darf einen Clip von dir anhören"],
])(
  "says in plain words that nothing is kept, to the asker only (%s, direct messages: %s)",
  async (locale, dm, none, choice) => {
    const { ada } = await start();
    const answer = await ada.slash("privacy", {}, { locale, dm }).answered();
    expect(answer.ephemeral).toBe(true);
    expect(answer.content).toContain(none);
    expect(answer.content).toContain(choice);
    expect(() => ada.press(answer, "privacy:delete")).toThrow("disabled");
  },
);

test("says what is kept about the asker, and nothing about anybody else", async () => {
  const { ada, bert, fill } = await start();
  await fill();
  const { content } = await ada.slash("privacy").answered();
  expect(content).toMatch(/Readings of your voice .*: 1, the first from <t:\d+:D>\./);
  expect(content).toContain("without a reading (not read yet, or unreadable): 1.");
  expect(content).toContain("That you asked about clips of others: 1.");
  expect(content).toContain("Corrections that you gave (for measuring Timbre, never for training it): 1.");
  expect(content).toContain("Live sessions that you started: 1.");
  expect(content).not.toContain(bert.id);
});

test("live analysis is allowed and stopped by a button that changes the message", async () => {
  const { ada, store } = await start();
  const panel = await ada.slash("privacy").answered();
  const allowed = ada.press(panel, "Allow live analysis");
  expect(await allowed.acknowledged()).toMatchObject({ updates: true });
  expect((await allowed.answered()).content).toContain("and also by itself");
  expect(await store.consents.of(ada.id)).toMatchObject({ live: true, optedOut: false });
  expect((await ada.press(panel, "Stop live analysis").answered()).content).toContain("never by itself");
  expect(await store.consents.of(ada.id)).toMatchObject({ live: false, optedOut: false });
});

test.each([
  ["en-US", "Opt out of everything", "nobody may have your voice analysed", "doesn't want Timbre to listen"],
  ["de", "Alles ablehnen", "Niemand darf deine Stimme analysieren", "möchte nicht, dass Timbre sie anhört"],
])(
  "who opted out can't be analysed by anybody, in any way, until they opt back in (%s)",
  async (locale, button, said, refusal) => {
    const { ada, bert, store, jobs } = await start();
    const message = ada.post({ files: [clip], voice: true });
    await ada.press(await ada.slash("privacy").answered(), "Allow live analysis").answered();
    const panel = await ada.slash("privacy", {}, { locale }).answered();
    expect((await ada.press(panel, button, { locale }).answered()).content).toContain(said);
    expect(await store.consents.of(ada.id)).toMatchObject({ live: false, optedOut: true });
    for (const asked of [
      bert.readMessage("Read emotion", message, { locale }),
      bert.slash("emotion", {}, { locale }),
      ada.slash("emotion", { clip }, { locale }),
    ]) {
      expect((await asked.answered()).content).toContain(refusal);
    }
    expect(jobs.entries).toEqual([]);

    await ada.press(panel, "privacy:asked").answered();
    await bert.readMessage("Read emotion", message).acknowledged();
    await jobs.find(({ job }) => job.attribution?.subjectId === ada.id, "a job");
  },
);

test("everything is exported as JSON, and nothing of others", async () => {
  const { ada, bert, fill } = await start();
  await fill();
  const asked = ada.press(await ada.slash("privacy").answered(), "Export");
  expect(await asked.acknowledged()).toMatchObject({ deferred: true, updates: false, message: { ephemeral: true } });
  const { content, attachments } = await asked.edited();
  expect(content).toBe(LANGUAGES.en["privacy.exported"]);
  expect(attachments.map(({ filename }) => filename)).toEqual(["timbre.json"]);
  const json = Buffer.from(attachments[0]?.bytes ?? []).toString();
  expect(JSON.parse(json)).toMatchObject({
    userId: ada.id,
    choice: { live: false, optedOut: false, changedAt: null },
    askedAboutOthers: [{ guildId: GUILD_ID, channelId: "c" }],
    corrections: [{ clipId: "hers", label: "fear" }],
    liveSessionsStarted: [{ id: "s", guildId: GUILD_ID, channelId: "v", endedAt: null }],
    liveNow: [{ sessionId: "s", included: true, statistics: null }],
    settingsChanged: [{ guildId: GUILD_ID, action: "retentionDays", from: 30, to: 7 }],
    clips: [
      { id: "hers", status: "done", guildId: GUILD_ID, askedByYou: false, reading: SAMPLE_READING },
      { id: "under way", status: "waiting", askedByYou: true, reading: null },
    ],
  });
  expect(json).not.toContain(bert.id);
  expect(json).not.toContain('"his"');
});

test("an export that is too large for one file comes in several, each of them whole", async () => {
  const { ada, store } = await start();
  for (let i = 0; i < 45; i++) {
    await store.clips.accept(`${i}`, { source: "menu", subjectId: ada.id });
    await store.clips.saveReading(`${i}`, SAMPLE_READING);
  }
  const ids: string[] = [];
  let files = 0;
  for await (const { name, bytes } of exportFiles(store, ada.id, 10_000)) {
    files += 1;
    expect(name).toBe(files === 1 ? "timbre.json" : `timbre-${files}.json`);
    expect(bytes.length).toBeLessThan(11_000);
    const { clips } = JSON.parse(bytes.toString());
    for (const { id } of clips) ids.push(id);
  }
  expect(files).toBeGreaterThan(2);
  expect(ids.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, i) => i));
});

test("deleting asks once, and deletes all of the asker's and nobody else's", async () => {
  const { ada, bert, fill, store } = await start();
  await fill();
  await store.consents.choose(ada.id, "nothing");
  const panel = await ada.slash("privacy").answered();
  const question = await ada.press(panel, "Delete all").answered();
  expect(question.content).toContain("This can't be undone.");
  expect((await ada.press(question, "No, keep it").answered()).content).toContain("What Timbre keeps about you");
  expect(await store.histories.summary(ada.id)).toMatchObject({ clips: 2 });

  await ada.press(panel, "Delete all").answered();
  const done = await ada.press(panel, "Yes, delete").answered();
  expect(done.content).toContain("Everything is deleted.");
  expect(done.content).toContain("Readings of your voice: none.");
  expect(await store.histories.summary(ada.id)).toMatchObject({ clips: 0, asked: 0, corrections: 0 });
  expect(await store.histories.summary(bert.id)).toMatchObject({ readings: 1 });
  // Else whoever deletes would be opted in again.
  expect(await store.consents.of(ada.id)).toMatchObject({ optedOut: true });
});

test("an answer that isn't the presser's can't be pressed, and an old button is answered", async () => {
  const { discord, ada, bert } = await start();
  const panel = await ada.slash("privacy").answered();
  expect(() => bert.press(panel, "Export")).toThrow("Only the asker sees");
  const rest = new REST({ api: discord.api }).setToken(discord.token);
  for (const custom_id of ["old:button", "privacy:old", "old"]) {
    const components = [{ type: 1, components: [{ type: 2, style: 2, label: "Old", custom_id }] }];
    const { channel_id } = ada.post({ content: "hi" });
    const sent: unknown = await rest.post(Routes.channelMessages(channel_id), { body: { content: "old", components } });
    const id = typeof sent === "object" && sent !== null && "id" in sent ? String(sent.id) : "";
    const answer = await ada.press({ id }, "Old").answered();
    expect(answer).toMatchObject({ ephemeral: true, content: expect.stringContaining("no longer has this") });
  }
});

test("a store that fails is said, beside the message whose button was pressed", async () => {
  const { ada, store, log } = await start();
  const panel = await ada.slash("privacy").answered();
  await store.close();
  const answer = await ada.press(panel, "Export").followedUp();
  expect(answer).toMatchObject({ ephemeral: true, content: expect.stringMatching(/reference: \w{8}\.$/) });
  expect(log.entries.join()).toContain("command failed");
});
