import { PermissionFlagsBits } from "discord.js";
import { expect, test } from "vitest";
import { LANGUAGES } from "../../src/i18n/index.ts";
import { botForTest, discordForTest, MAX_BYTES } from "./start.ts";

const bytes = new Uint8Array([79, 103, 103, 83]);
const old = { name: "old.ogg", bytes };
const latest = { name: "latest.ogg", bytes };
const NONE = "Timbre sees no recent audio in this channel.";

test.each([
  ["a server, where it may read", { messageContent: true }, false],
  ["direct messages", {}, true],
])("/emotion alone takes the latest clip in %s", async (_where, options, dm) => {
  const discord = await discordForTest(options);
  const { jobs } = await botForTest(discord);
  const bert = discord.user("Bert");
  bert.post({ files: [old] }, { dm });
  const { attachments } = bert.post({ files: [latest], voice: true }, { dm });
  bert.post({ content: "Did you hear that?", files: [{ name: "words.txt", bytes }] }, { dm });
  bert.post({ files: [{ name: "elsewhere.ogg", bytes }] }, { dm: !dm });
  const asked = discord.user("Ada").slash("emotion", {}, { dm });
  expect(await asked.acknowledged()).toMatchObject({ deferred: true });

  const { id, job } = await jobs.find(() => true, "a job");
  expect(id).toBe(`interaction-${asked.id}`);
  expect(job).toMatchObject({ source: { url: attachments[0]?.url }, filename: latest.name });
});

test("looks no further back than twenty messages", async () => {
  const discord = await discordForTest({ messageContent: true });
  const { jobs } = await botForTest(discord);
  const ada = discord.user("Ada");
  ada.post({ files: [old] });
  for (let count = 0; count < 19; count += 1) ada.post({ content: "chatter" });
  ada.slash("emotion");
  await jobs.find(() => true, "a job");
  ada.post({ content: "one more" });
  expect((await ada.slash("emotion").edited()).content).toContain(NONE);
});

test.each([
  ["en-US", NONE],
  ["de", "Timbre sieht in diesem Kanal keine Aufnahme aus letzter Zeit."],
])("says what to do in a server where it may not read what people write (%s)", async (locale, sentence) => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  discord.user("Bert").post({ files: [latest], voice: true });
  expect((await discord.user("Ada").slash("emotion", {}, { locale }).edited()).content).toContain(sentence);
  expect(jobs.entries).toEqual([]);
});

test.each(Object.entries(LANGUAGES))("names the menu's command as it is called in %s", (_code, texts) => {
  expect(texts["error.no-recent-audio"]).toContain(texts["command.read.name"]);
});

test("says what is missing in a channel that its server keeps it out of", async () => {
  const discord = await discordForTest({ messageContent: true });
  const { log } = await botForTest(discord);
  discord.fail({ route: /^GET .*\/messages$/, kind: 403 });
  expect((await discord.user("Ada").slash("emotion").edited()).content).toContain("may not see the channel");
  expect(log.entries.join()).not.toContain("command failed");
});

test("tells nobody of messages that they may not read themselves", async () => {
  const discord = await discordForTest({ messageContent: true });
  const { jobs } = await botForTest(discord);
  discord.user("Bert").post({ files: [latest] });
  const permissions = String(PermissionFlagsBits.UseApplicationCommands | PermissionFlagsBits.ViewChannel);
  expect((await discord.user("Ada").slash("emotion", {}, { permissions }).edited()).content).toContain(NONE);
  expect(jobs.entries).toEqual([]);
});

test("refuses a latest clip that is too large", async () => {
  const discord = await discordForTest({ messageContent: true });
  const { jobs } = await botForTest(discord);
  discord.user("Bert").post({ files: [{ ...latest, bytes: new Uint8Array(MAX_BYTES + 1) }] });
  expect((await discord.user("Ada").slash("emotion").edited()).content).toContain("larger than 0.5 MiB");
  expect(jobs.entries).toEqual([]);
});
