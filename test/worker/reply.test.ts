import { REST } from "@discordjs/rest";
import { PermissionFlagsBits, Routes } from "discord-api-types/v10";
import { expect, onTestFinished, test, vi } from "vitest";
import { UserError } from "../../src/errors.ts";
import { discordReplier, type InteractionReply, UndeliverableError } from "../../src/worker/reply.ts";
import {
  APPLICATION_ID,
  CHANNEL_ID,
  DM_CHANNEL_ID,
  GROUP_CHANNEL_ID,
  handClock,
  startLocalDiscord,
} from "../discord/index.ts";
import { startAnswerEdge } from "../support/answer-edge.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

const QUARTER_HOUR_MS = 15 * 60 * 1000;
const CLIP_ID = "interaction-1574903908776542209";

/** Ada's question, deferred by hand, and what answers it. */
async function asked(how: { isPrivate?: boolean; channelId?: string; locale?: string; token?: boolean } = {}) {
  const { isPrivate = false, channelId = CHANNEL_ID, locale = "en-US", token = true } = how;
  const clock = handClock();
  const discord = await startLocalDiscord({ clock });
  onTestFinished(() => discord.close());
  const rest = new REST({ api: discord.api }).setToken(discord.token);
  await rest.put(Routes.applicationCommands(APPLICATION_ID), {
    body: [{ name: "ask", description: "Asks", integration_types: [0, 1], contexts: [0, 1, 2] }],
  });
  const ada = discord.user("Ada");
  const conversation = ada.slash("ask", {}, { channelId, locale });
  const interactionToken = `interaction-${conversation.id}-token`;
  const flags = isPrivate ? 64 : 0;
  await rest.post(Routes.interactionCallback(conversation.id, interactionToken), {
    body: { type: 5, data: { flags } },
    auth: false,
  });
  const target: InteractionReply = {
    ...{ kind: "interaction", applicationId: APPLICATION_ID, token: interactionToken, locale, isPrivate },
    showsProgress: true,
  };
  const replier = discordReplier(discord.api, token ? discord.token : undefined, { retries: 0 });
  const origin = { clipId: CLIP_ID, isKept: true, askerId: ada.id, subjectId: "1", channelId };
  const message = discord.user("Bert").post({ files: [{ name: "voice.ogg", bytes: new Uint8Array(4) }], voice: true });
  return { discord, clock, ada, conversation, target, replier, origin, message };
}

test.each([
  ["en-US", "listening to `a b.ogg`", "😊 happiness · 70%", ["Details", "Delete", "Wrong?"]],
  ["de", "hört `a b.ogg` an", "😊 Freude", ["Einzelheiten", "Löschen", "Falsch?"]],
])(
  "says that it listens, then shows the answer with its buttons and no trace of that (%s)",
  async (locale, hearing, title, labels) => {
    const { replier, target, origin, conversation } = await asked({ locale });
    await replier.hearing(target, "`a b`.ogg");
    expect((await conversation.edited()).content).toContain(hearing);
    await replier.send(target, SAMPLE_READING, origin);
    const last = conversation.history.at(-1);
    if (last?.kind !== "edited") throw new Error("The answer is an edit.");
    expect(last.message).toMatchObject({ content: "", embeds: [{ title: expect.stringContaining(title) }] });
    expect(last.message.components[0]?.components.map((each) => ("label" in each ? each.label : ""))).toEqual(labels);
    expect(last.message.attachments[0]?.description).toContain(title.slice(3));
  },
);

test.each([
  ["en-US", CHANNEL_ID, "here is the reading that you asked for"],
  ["pl", DM_CHANNEL_ID, "oto wynik, o który prosisz"],
])(
  "after a quarter of an hour the answer is a message that mentions the asker, once (%s)",
  async (locale, channelId, sentence) => {
    const { replier, target, origin, clock, discord, ada } = await asked({ locale, channelId });
    clock.advance(QUARTER_HOUR_MS);
    for (let i = 0; i < 2; i++) await replier.send(target, SAMPLE_READING, origin);
    const message = await discord.sent.find(() => true, "the message");
    expect(message.content).toContain(`<@${ada.id}>`);
    expect(message.content).toContain(sentence);
    expect(message).toMatchObject({
      channelId,
      mentions: ["Ada"],
      embeds: [{}],
      attachments: [{ filename: "reading.png" }],
    });
    expect(new Set(discord.sent.entries.map(({ id }) => id)).size).toBe(1);
  },
);

test("an error comes late as well", async () => {
  const { replier, target, origin, clock, discord } = await asked();
  clock.advance(QUARTER_HOUR_MS);
  await replier.send(target, new UserError("not-audio"), origin);
  expect((await discord.sent.find(() => true, "the message")).content).toContain("isn't an audio file");
});

test.each([
  ["it was for the asker alone", { isPrivate: true }, undefined],
  ["the bot isn't there", { channelId: GROUP_CHANNEL_ID }, undefined],
  ["the worker has no token", { token: false }, undefined],
  ["the bot may not write there", {}, PermissionFlagsBits.SendMessages],
  ["the bot can't see the channel", {}, PermissionFlagsBits.ViewChannel],
])("no late message where %s", async (_why, how, lacking) => {
  const { replier, target, origin, clock, discord } = await asked(how);
  if (lacking !== undefined) discord.forbid(lacking);
  clock.advance(QUARTER_HOUR_MS);
  await expect(replier.send(target, SAMPLE_READING, origin)).rejects.toThrow(UndeliverableError);
  expect(discord.sent.entries).toEqual([]);
});

test("no late message when the answer was deleted", async () => {
  const { replier, target, origin, discord, conversation } = await asked();
  discord.deleteMessage((await conversation.acknowledged()).message.id);
  await expect(replier.send(target, SAMPLE_READING, origin)).rejects.toThrow(UndeliverableError);
  expect(discord.sent.entries).toEqual([]);
});

const toMessage = (messageId: string, answer: "reaction" | "reply", locale = "en-US") =>
  ({ kind: "message", channelId: CHANNEL_ID, messageId, answer, locale }) as const;

test.each([
  ["😊", SAMPLE_READING],
  ["🤔", { ...SAMPLE_READING, uncertain: true }],
  ["🔇", { ...SAMPLE_READING, speech: false, label: "no-speech" }],
])("a message that was read unasked gets %s", async (emoji, reading) => {
  const { replier, origin, message, discord } = await asked();
  await replier.send(toMessage(message.id, "reaction"), reading, origin);
  expect(discord.reactions.entries).toEqual([{ channelId: CHANNEL_ID, messageId: message.id, emoji }]);
});

test.each([
  ["en-US", "happiness", "Delete"],
  ["es", "alegría", "Borrar"],
])("or a small reply that tells nobody, with buttons (%s)", async (locale, label, button) => {
  const { replier, origin, message, discord } = await asked();
  await replier.send(toMessage(message.id, "reply", locale), SAMPLE_READING, origin);
  const [reply] = discord.sent.entries;
  expect(reply).toMatchObject({ replyTo: message.id, mentions: [], attachments: [] });
  expect(reply?.embeds[0]?.title).toContain(label);
  expect(JSON.stringify(reply?.components)).toContain(button);
});

test("a message that is gone, that nobody may react to, or whose clip can't be read, gets nothing", async () => {
  const { replier, origin, message, discord } = await asked();
  for (const answer of ["reaction", "reply"] as const)
    await replier.send(toMessage(message.id, answer), new UserError("not-audio"), origin);
  discord.forbid(PermissionFlagsBits.AddReactions);
  await expect(replier.send(toMessage(message.id, "reaction"), SAMPLE_READING, origin)).rejects.toThrow(
    UndeliverableError,
  );
  discord.deleteMessage(message.id);
  await expect(replier.send(toMessage(message.id, "reply"), SAMPLE_READING, origin)).rejects.toThrow(
    UndeliverableError,
  );
  expect([...discord.sent.entries, ...discord.reactions.entries]).toEqual([]);
});

test("a clock that is set back by an hour holds up no answers", async () => {
  const edge = await startAnswerEdge();
  onTestFinished(() => edge.close());
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const replier = discordReplier(edge.api);
  const target = {
    kind: "interaction",
    applicationId: "1",
    token: "t",
    locale: "en-US",
    isPrivate: false,
    showsProgress: true,
  } as const;
  const answers = 60; // more than Discord allows a bot in a second, where it counts
  for (let i = 0; i < answers; i++) {
    if (i === 1) vi.setSystemTime(Date.now() - 3_600_000);
    await replier.hearing(target, "voice.ogg");
  }
  expect(edge.edits).toHaveLength(answers);
});
