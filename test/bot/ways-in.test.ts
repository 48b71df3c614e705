import { PermissionFlagsBits } from "discord.js";
import { expect, test } from "vitest";
import {
  CHANNEL_ID,
  CLOSED_CHANNEL_ID,
  DM_CHANNEL_ID,
  FOREIGN_CHANNEL_ID,
  GROUP_CHANNEL_ID,
  GUILD_ID,
} from "../discord/index.ts";
import { botForTest, discordForTest, MAX_BYTES } from "./start.ts";

const bytes = new Uint8Array([79, 103, 103, 83]);
const clip = { name: "hello.ogg", bytes };
const READ = "Read emotion";

function linkTo(messageId: string, channelId: string = CHANNEL_ID, guildId: string = GUILD_ID): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}

test("a message's link leads to all its recordings, and to whose voice it is", async () => {
  const discord = await discordForTest({ messageContent: true });
  const { jobs } = await botForTest(discord);
  const bert = discord.user("Bert");
  const message = bert.post({ files: [clip, { name: "more.mp4", bytes }] });
  bert.post({ files: [{ name: "later.ogg", bytes }] });
  discord.user("Ada").slash("emotion", { link: ` <${linkTo(message.id)}> ` });
  await jobs.find(({ job }) => job.filename === "more.mp4", "the second job");
  expect(jobs.entries.map(({ job }) => job)).toMatchObject([
    { source: { url: message.attachments[0]?.url }, attribution: { subjectId: bert.id, messageId: message.id } },
    { source: { url: message.attachments[1]?.url }, attribution: { askerId: discord.user("Ada").id } },
  ]);
});

test("a link in direct messages works there", async () => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  const message = discord.user("Ada").post({ files: [clip], voice: true }, { dm: true });
  discord.user("Ada").slash("emotion", { link: linkTo(message.id, DM_CHANNEL_ID, "@me") }, { dm: true });
  await jobs.find(({ job }) => job.filename === clip.name, "the job");
});

test.each([
  ["en-US", "isn't the link of a message", "can't see a recording in that message", "was deleted"],
  ["pl", "To nie jest link do wiadomości", "Timbre nie widzi nagrania", /\p{L}/u],
])("says why a link doesn't help (%s)", async (locale, notALink, unseen, gone) => {
  const discord = await discordForTest({ messageContent: true });
  const { jobs } = await botForTest(discord);
  const bert = discord.user("Bert");
  const ada = discord.user("Ada");
  const answer = async (link: string, permissions?: string) =>
    (await ada.slash("emotion", { link }, { locale, permissions }).edited()).content;
  const heard = bert.post({ files: [clip] });
  for (const link of ["hello", "https://example.org/channels/1/2/3", "https://discord.com/channels/1/2"])
    expect(await answer(link)).toContain(notALink);
  expect(await answer(linkTo(bert.post({ content: "words" }).id))).toContain(unseen);
  expect(await answer(linkTo(heard.id, "1", "2"))).toContain(unseen);
  // Where the asker may not read, the bot doesn't even look.
  const hidden = bert.post({ files: [clip] }, { channelId: CLOSED_CHANNEL_ID });
  expect(await answer(linkTo(hidden.id, CLOSED_CHANNEL_ID))).toContain(unseen);
  expect(discord.requests.entries.map(({ path }) => path).join()).not.toContain(hidden.id);
  const mayNotRead = String(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands);
  expect(await answer(linkTo(heard.id), mayNotRead)).toContain(unseen);
  // The asker may, the bot may not.
  discord.deleteMessage(heard.id);
  expect(await answer(linkTo(heard.id))).toMatch(gone);
  discord.forbid(PermissionFlagsBits.ViewChannel);
  expect(await answer(linkTo(heard.id))).toContain(unseen);
  expect(jobs.entries).toEqual([]);
});

test("the asker decides who sees the answer; else the server does", async () => {
  const discord = await discordForTest();
  const { jobs, store } = await botForTest(discord);
  const ada = discord.user("Ada");
  const isHidden = async (values: Record<string, boolean>) => {
    const asked = ada.slash("emotion", { clip, ...values });
    const { message } = await asked.acknowledged();
    const { job } = await jobs.find(({ id }) => id === `interaction-${asked.id}`, "the job");
    expect(job.reply).toMatchObject({ isPrivate: message.ephemeral });
    return message.ephemeral;
  };
  expect(await isHidden({})).toBe(false);
  expect(await isHidden({ private: true })).toBe(true);
  await store.guilds.change(GUILD_ID, ada.id, () => ({ answers: "private" }));
  expect(await isHidden({})).toBe(true);
  expect(await isHidden({ private: false })).toBe(false);
});

test.each([
  ["a group", GROUP_CHANNEL_ID, undefined],
  ["a server without the bot", FOREIGN_CHANNEL_ID, "200000000000000023"],
])("in %s, brought along by a person, it reads what Discord hands over", async (_where, channelId, guildId) => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  const ada = discord.user("Ada");
  ada.slash("emotion", { clip }, { channelId });
  const message = discord.user("Bert").post({ files: [{ name: "voice.ogg", bytes }], voice: true }, { channelId });
  ada.readMessage(READ, message);
  // Either may be first: nothing orders two commands.
  await jobs.find(() => jobs.entries.length === 2, "both jobs");
  expect(jobs.entries.map(({ job }) => job.attribution)).toMatchObject(
    Array(2).fill({ channelId, ...(guildId ? { guildId } : {}) }),
  );
  // The channel itself is closed to the bot.
  expect((await ada.slash("emotion", {}, { channelId }).edited()).content).toContain("sees no recent audio");
  const link = linkTo(message.id, channelId, guildId ?? "@me");
  expect((await ada.slash("emotion", { link }, { channelId }).edited()).content).toContain("can't see a recording");
});

const files = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `${index + 1}.ogg`, bytes }));

test.each([
  ["a server", CHANNEL_ID, 10, 10],
  ["a group", GROUP_CHANNEL_ID, 6, 6],
  ["a server without the bot", FOREIGN_CHANNEL_ID, 7, 5],
])(
  "in %s, as many of a message's recordings are answered as Discord allows",
  async (_where, channelId, given, taken) => {
    const discord = await discordForTest();
    const { jobs, bot } = await botForTest(discord);
    const message = discord.user("Bert").post({ files: files(given) }, { channelId });
    const asked = discord.user("Ada").readMessage(READ, message, { locale: "de" });
    await jobs.find(({ job }) => job.filename === `${taken}.ogg`, "the last job");
    await bot.close();
    expect(jobs.entries).toHaveLength(taken);
    const answers = jobs.entries.map(({ job }) => (job.reply.kind === "interaction" ? job.reply.messageId : "none"));
    expect(new Set(answers).size).toBe(taken);
    const further = asked.history.flatMap((event) => (event.kind === "followed-up" ? [event.message] : []));
    expect(further.slice(0, taken - 1).map(({ id }) => id)).toEqual(answers.slice(1));
    expect(further.slice(taken - 1).map(({ content }) => content)).toEqual(
      given === taken ? [] : [expect.stringContaining("5 von 7")],
    );
  },
);

test("of several recordings, one that is too large is refused in its own answer", async () => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  const large = { name: "large.ogg", bytes: new Uint8Array(MAX_BYTES + 1) };
  const asked = discord.user("Ada").readMessage(READ, discord.user("Bert").post({ files: [large, clip] }));
  expect((await asked.edited()).content).toContain("larger than 0.5 MiB");
  await jobs.find(({ job }) => job.filename === clip.name, "the job");
  expect(jobs.entries).toHaveLength(1);
});

test.each([
  ["en-US", "In line. Recordings before this one: at most 7"],
  ["fr", "En attente. Enregistrements avant celui-ci : au plus 7"],
])("says how many wait before, and only then hands over (%s)", async (locale, sentence) => {
  const discord = await discordForTest();
  const queued = Promise.withResolvers<void>();
  const { jobs } = await botForTest(discord, () => queued.promise, { waiting: 7 });
  const asked = discord.user("Ada").slash("emotion", { clip }, { locale });
  const { job } = await jobs.find(() => true, "the job");
  // Whatever the worker writes from now on comes after.
  expect((await asked.edited()).content).toContain(sentence);
  expect(job.reply).toMatchObject({ showsProgress: true });
  queued.resolve();
});

test.each([
  ["en-US", "too busy just now"],
  ["de", "gerade zu beschäftigt"],
])("when the queue fails in the middle, the answers of those before stay theirs (%s)", async (locale, sentence) => {
  const discord = await discordForTest();
  let count = 0;
  const { bot, jobs, log } = await botForTest(discord, async () => {
    count += 1;
    if (count === 2) throw new Error("queue is down");
  });
  const message = discord.user("Bert").post({ files: files(3) });
  const asked = discord.user("Ada").readMessage(READ, message, { locale });
  await jobs.find(({ job }) => job.filename === "3.ogg", "the last job");
  await bot.close();
  const edits = asked.history.flatMap((event) => (event.kind === "edited" ? [event.message] : []));
  const first = (await asked.acknowledged()).message.id;
  expect(edits.filter(({ id }) => id === first)).toHaveLength(1);
  expect(edits.filter(({ id }) => id !== first).map(({ content }) => content)).toEqual([
    expect.stringContaining(sentence),
  ]);
  expect(log.entries.join()).toContain("queue is down");
});
