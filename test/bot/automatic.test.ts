import { PermissionFlagsBits } from "discord.js";
import { expect, test } from "vitest";
import { CHANNEL_ID, CLOSED_CHANNEL_ID, GUILD_ID, type LocalDiscord } from "../discord/index.ts";
import { botForTest, discordForTest, MAX_BYTES } from "./start.ts";

const bytes = new Uint8Array([79, 103, 103, 83]);
const voice = { files: [{ name: "voice-message.ogg", bytes }], voice: true };
const MINUTE_MS = 60_000;

/** A bot in a server that lets it read voice messages in its general channel, of Ada who wants that. */
async function automatic(options: { messageContent?: boolean; now?: () => number } = {}) {
  const { messageContent = true, now } = options;
  const discord = await discordForTest({ messageContent });
  const running = await botForTest(discord, undefined, now ? { now } : {});
  await running.store.guilds.change(GUILD_ID, "1", () => ({
    automatic: [{ channelId: CHANNEL_ID, answer: "reaction" }],
    language: "de",
  }));
  await running.store.consents.choose(discord.user("Ada").id, "live");
  return { ...running, discord };
}

/** Waits until the bot has looked at everything that was written before. */
async function seenAll(discord: LocalDiscord): Promise<void> {
  await discord
    .user("Zoe")
    .slash("emotion", { clip: { name: "x.ogg", bytes } })
    .acknowledged();
}

test("a voice message of somebody who wants it is read", async () => {
  const { discord, jobs } = await automatic();
  const ada = discord.user("Ada");
  const message = ada.post(voice);
  expect(await jobs.find(() => true, "a job")).toEqual({
    id: `message-${message.id}`,
    job: {
      trace: `message-${message.id}`,
      version: 1,
      source: { kind: "url", url: message.attachments[0]?.url },
      reply: { kind: "message", channelId: CHANNEL_ID, messageId: message.id, answer: "reaction", locale: "de" },
      filename: "voice-message.ogg",
      attribution: {
        source: "automatic",
        subjectId: ada.id,
        guildId: GUILD_ID,
        channelId: CHANNEL_ID,
        messageId: message.id,
        attachmentId: message.attachments[0]?.id,
      },
    },
  });
});

test("nothing else is: not who never said yes, not elsewhere, not what isn't a voice message", async () => {
  const { discord, jobs, bot, store } = await automatic();
  const [ada, bert, cleo] = [discord.user("Ada"), discord.user("Bert"), discord.user("Cleo")];
  await store.consents.choose(cleo.id, "nothing");
  bert.post(voice);
  cleo.post(voice);
  ada.post({ content: "words" });
  ada.post({ files: voice.files });
  ada.post(voice, { channelId: CLOSED_CHANNEL_ID });
  ada.post(voice, { dm: true });
  ada.post({ ...voice, files: [{ name: "large.ogg", bytes: new Uint8Array(MAX_BYTES + 1) }] });
  await seenAll(discord);
  await bot.close();
  expect(jobs.entries.filter(({ job }) => job.attribution?.source === "automatic")).toEqual([]);
});

test("it is off by default, and without the intent the bot logs in all the same and sees nothing", async () => {
  const { discord, jobs, bot } = await automatic({ messageContent: false });
  discord.user("Ada").post(voice);
  await seenAll(discord);
  await bot.close();
  expect(discord.gatewayActions.entries).toEqual(["identified"]);
  expect(jobs.entries.filter(({ job }) => job.attribution?.source === "automatic")).toEqual([]);

  const other = await discordForTest({ messageContent: true });
  const quiet = await botForTest(other);
  await quiet.store.consents.choose(other.user("Ada").id, "live");
  other.user("Ada").post(voice);
  await seenAll(other);
  await quiet.bot.close();
  expect(quiet.jobs.entries.filter(({ job }) => job.attribution?.source === "automatic")).toEqual([]);
});

test("a flood of messages is no flood of jobs, and the budget comes back with time", async () => {
  let nowMs = 0;
  const { discord, jobs, log } = await automatic({ now: () => nowMs });
  const flood = () => Array.from({ length: 40 }, () => discord.user("Ada").post(voice)).at(-1);
  const overBudget = () => log.entries.filter((line) => line.includes("over the channel's budget")).length;
  flood();
  await log.find(() => overBudget() === 35, "the last of the flood");
  expect(jobs.entries).toHaveLength(5);
  nowMs += MINUTE_MS;
  flood();
  await log.find(() => overBudget() === 71, "the last of the second flood");
  expect(jobs.entries).toHaveLength(9);
});

test("a queue that fails costs a log line, no more", async () => {
  const discord = await discordForTest({ messageContent: true });
  const { log, store } = await botForTest(discord, () => Promise.reject(new Error("queue is down")));
  await store.guilds.change(GUILD_ID, "1", () => ({ automatic: [{ channelId: CHANNEL_ID, answer: "reply" }] }));
  await store.consents.choose(discord.user("Ada").id, "live");
  discord.user("Ada").post(voice);
  await log.find((line) => line.includes("queue is down"), "the log line");
  discord.forbid(PermissionFlagsBits.ViewChannel);
  await seenAll(discord);
});
