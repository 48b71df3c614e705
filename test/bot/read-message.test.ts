import { expect, test } from "vitest";
import { clipJob } from "../../src/jobs/clip-job.ts";
import { APPLICATION_ID, CHANNEL_ID, DM_CHANNEL_ID, GUILD_ID } from "../discord/index.ts";
import { botForTest, discordForTest, MAX_BYTES } from "./start.ts";

const READ = "Read emotion";
const bytes = new Uint8Array([79, 103, 103, 83]);
const voice = { name: "voice-message.ogg", bytes };
const text = { name: "notes.txt", bytes };

test.each([
  ["en-US", false],
  ["de", false],
  ["de", true],
])("hands over a voice message, whether it may read others or not (%s, direct messages: %s)", async (locale, dm) => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  const message = discord.user("Bert").post({ files: [voice], voice: true }, { dm });
  const asked = discord.user("Ada").readMessage(READ, message, { locale });
  expect(await asked.acknowledged()).toMatchObject({ deferred: true, message: { ephemeral: false } });

  const { id, job } = await jobs.find(() => true, "a job");
  expect(id).toBe(`interaction-${asked.id}`);
  expect(clipJob.parse(job)).toEqual({
    version: 1,
    trace: expect.stringMatching(/^interaction-\d+$/),
    source: { kind: "url", url: message.attachments[0]?.url },
    reply: {
      kind: "interaction",
      applicationId: APPLICATION_ID,
      token: expect.any(String),
      locale,
      isPrivate: false,
      showsProgress: false,
    },
    filename: voice.name,
    attribution: {
      source: "menu",
      subjectId: discord.user("Bert").id,
      askerId: discord.user("Ada").id,
      channelId: dm ? DM_CHANNEL_ID : CHANNEL_ID,
      messageId: message.id,
      attachmentId: message.attachments[0]?.id,
      ...(dm ? {} : { guildId: GUILD_ID }),
    },
  });
});

test.each([
  ["an audio file after a text", [text, { name: "b.mp3", bytes }], ["b.mp3"]],
  ["both of two", [{ name: "a.wav", bytes }, text, voice], ["a.wav", voice.name]],
  ["a video", [{ name: "a.mp4", bytes }], ["a.mp4"]],
  ["audio of which Discord only knows the name", [{ name: "talk.OPUS", bytes }], ["talk.OPUS"]],
  ["a video of which Discord only knows the name", [{ name: "talk.MOV", bytes }], ["talk.MOV"]],
])("takes the clips of a message: %s", async (_what, files, filenames) => {
  const discord = await discordForTest();
  const { bot, jobs } = await botForTest(discord);
  const message = discord.user("Bert").post({ content: "listen", files });
  await discord.user("Ada").readMessage(READ, message).acknowledged();
  await jobs.find(({ job }) => job.filename === filenames.at(-1), "the last job");
  await bot.close();
  expect(jobs.entries.map(({ job }) => job.filename)).toEqual(filenames);
});

test.each([
  ["en-GB", false, "There is no audio in this message. Choose one with a voice message or an audio file."],
  ["de", true, /^In dieser Nachricht ist kein Ton\./],
])("says so, to the asker only, when there is no audio (%s, direct messages: %s)", async (locale, dm, sentence) => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  for (const files of [[], [text, { name: "unknown.bin", bytes }]]) {
    const message = discord.user("Bert").post({ content: "hello", files }, { dm });
    const { deferred, message: answer } = await discord
      .user("Ada")
      .readMessage(READ, message, { locale })
      .acknowledged();
    expect({ deferred, ephemeral: answer.ephemeral }).toEqual({ deferred: false, ephemeral: true });
    expect(answer.content).toMatch(sentence);
  }
  expect(jobs.entries).toEqual([]);
});

test.each([
  ["en-US", "This file is larger than 0.5 MiB. Send a smaller one."],
  ["de", "Diese Datei ist größer als 0.5 MiB. Schick eine kleinere."],
])("refuses a clip that is too large, to the asker only (%s)", async (locale, sentence) => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  const message = discord.user("Bert").post({ files: [{ ...voice, bytes: new Uint8Array(MAX_BYTES + 1) }] });
  const asked = discord.user("Ada").readMessage(READ, message, { locale });
  expect(await asked.acknowledged()).toMatchObject({
    deferred: false,
    message: { content: sentence, ephemeral: true },
  });
  expect(jobs.entries).toEqual([]);
});
