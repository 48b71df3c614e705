/** Live sessions as people meet them: who may begin one, who is asked, and how it ends. */

import { getVoiceConnection } from "@discordjs/voice";
import { PermissionFlagsBits } from "discord.js";
import { describe, expect, test } from "vitest";
import type { GuildSettings } from "../../../src/store/index.ts";
import { APPLICATION_ID, GUILD_ID, OTHER_VOICE_CHANNEL_ID, ROLE_ID, VOICE_CHANNEL_ID } from "../../discord/index.ts";
import { SAMPLE_READING } from "../../support/sample-reading.ts";
import { storeForTest } from "../start.ts";
import { liveBot, textOf, UTTERANCE, VOICE } from "./live-bot.ts";

const NOTHING = "0";
const MUTES = String(PermissionFlagsBits.MuteMembers);

describe("/mood start", () => {
  test.each<[string, GuildSettings["live"], string, boolean]>([
    ["moderators", { kind: "moderators" }, NOTHING, false],
    ["moderators", { kind: "moderators" }, MUTES, true],
    ["everybody", { kind: "everyone" }, NOTHING, true],
    ["a role", { kind: "roles", roleIds: [ROLE_ID] }, NOTHING, false],
    ["a role", { kind: "roles", roleIds: [ROLE_ID] }, MUTES, true],
  ])("is for %s where the server wants it so (%o with permissions %s: %s)", async (_, live, permissions, may) => {
    const { ada, store } = await liveBot(["Ada"]);
    await store.guilds.change(GUILD_ID, "mod", () => ({ live }));
    const { content } = await ada.slash("mood start", {}, { permissions }).edited();
    expect(content).toContain(may ? "Timbre is listening in" : "You can't start or end the live mode here.");
    expect(await store.live.running()).toHaveLength(may ? 1 : 0);
  });

  test("needs a voice channel, and is refused where Timbre listens already", async () => {
    const { ada, discord, store } = await liveBot(["Ada"]);
    const bert = discord.user("Bert");
    expect((await bert.slash("mood start").edited()).content).toContain("Join a voice channel first");
    expect((await bert.slash("mood status").edited()).content).toContain("listens in no voice channel");
    expect((await bert.slash("mood stop").edited()).content).toContain("listens in no voice channel");
    await ada.slash("mood start").edited();
    await bert.voice.join(OTHER_VOICE_CHANNEL_ID);
    expect((await bert.slash("mood start").edited()).content).toContain(`already listens in <#${VOICE_CHANNEL_ID}>`);
    expect(await store.live.running()).toHaveLength(1);
  });

  test("isn't kept from it by a session whose bot gives no sign of life", async () => {
    let lateMs = 120_000;
    const store = await storeForTest({ now: () => new Date(Date.now() - lateMs) });
    const { ada } = await liveBot(["Ada"], { store });
    const place = { guildId: GUILD_ID, channelId: OTHER_VOICE_CHANNEL_ID, textChannelId: OTHER_VOICE_CHANNEL_ID };
    await store.live.start({ id: "dead", ...place, startedBy: ada.id });
    lateMs = 0;
    expect((await ada.slash("mood start").edited()).content).toContain("Timbre is listening in");
    expect(await store.live.find("dead")).toMatchObject({ endReason: "lost" });
  });

  test("hears nobody where the channel can't be told", async () => {
    const { ada, discord, store } = await liveBot(["Ada"]);
    await store.consents.choose(ada.id, "live");
    discord.forbid(PermissionFlagsBits.SendMessages);
    const { content } = await ada.slash("mood start").edited();
    expect(content).toContain(`<#${VOICE_CHANNEL_ID}> is closed to Timbre`);
    await discord.voice.actions.find((each) => each.kind === "left" && each.userId === APPLICATION_ID, "the bot to go");
    expect(await store.live.running()).toEqual([]);
    expect((await store.changes.since(0)).flatMap((each) => (each.kind === "session" ? each.speakers : []))).toEqual(
      [],
    );
  });

  test("says so when the voice server can't be reached", async () => {
    const { ada, discord, store } = await liveBot(["Ada"]);
    const server = await discord.voice.server();
    server.refusal = 4017;
    const { content } = await ada.slash("mood start").edited();
    expect(content).toContain(`Timbre couldn't join <#${VOICE_CHANNEL_ID}>`);
    expect(await store.live.running()).toEqual([]);
    expect(discord.sent.entries).toEqual([]);
  });

  test("speaks the language of the server to all, and that of who asks to them", async () => {
    const { ada, discord, store } = await liveBot(["Ada"]);
    await store.guilds.change(GUILD_ID, "mod", () => ({ language: "de" }));
    const { content } = await ada.slash("mood start", {}, { locale: "fr" }).edited();
    expect(content).toContain("Timbre écoute dans");
    expect(discord.sent.entries[0]?.content).toContain("Timbre hört in");
  });
});

describe("consent", () => {
  test("is asked of everybody who joins later, once, and of those who come together at once", async () => {
    const { ada, discord } = await liveBot(["Ada"]);
    await ada.slash("mood start").edited();
    const [bert, cleo] = [discord.user("Bert"), discord.user("Cleo")];
    await Promise.all([bert.voice.join(), cleo.voice.join()]);
    const welcome = await discord.sent.find(({ mentions }) => mentions.includes("Bert"), "a welcome");
    expect(welcome.mentions.toSorted()).toEqual(["Bert", "Cleo"]);
    await bert.voice.leave();
    await bert.voice.join();
    const dan = discord.user("Dan");
    await dan.voice.join();
    const next = await discord.sent.find(({ mentions }) => mentions.includes("Dan"), "the next welcome");
    expect(next.mentions).toEqual(["Dan"]);
    expect((await dan.press(next, "Include me").answered()).content).toContain("You take part now");
    await discord.edits.find((message) => textOf(message).includes(dan.id), "Dan in the readout");
  });

  test("is asked also of those who join while it begins", async () => {
    const { ada, discord, said } = await liveBot(["Ada"]);
    // Discord takes its time between the notice and the beginning.
    discord.fail({ route: /^PATCH \/guilds\/.*members/, kind: 429, retryAfterSeconds: 1 });
    const started = ada.slash("mood start").edited();
    await said("The mood in Stage door");
    await discord.user("Bert").voice.join();
    await started;
    await discord.sent.find(({ mentions }) => mentions.includes("Bert"), "a welcome");
  });

  test("isn't asked of those who opted out of everything, and can't be given by them", async () => {
    const { begin, people, store } = await liveBot(["Ada", "Eve"]);
    const [, eve] = people;
    if (!eve) throw new Error("nobody");
    await store.consents.choose(eve.id, "nothing");
    const { notice } = await begin();
    expect(notice.mentions).toEqual(["Ada"]);
    expect((await eve.press(notice, "Include me").answered()).content).toContain("You opted out of everything");
    const [session] = await store.live.running();
    expect(await store.live.speakers(session?.id ?? "")).toEqual([]);
  });

  test("withdrawn in the middle of a sentence drops the sentence", async () => {
    const { ada, beginHeard, discord, handedOn, store } = await liveBot(["Ada"]);
    const isSubscribed = () => getVoiceConnection(GUILD_ID, discord.token)?.receiver.subscriptions.has(ada.id);
    const notice = await beginHeard();
    expect(isSubscribed()).toBe(true);
    await ada.voice.speak(VOICE, UTTERANCE);
    const left = ada.press(notice, "Leave me out").answered();
    await ada.voice.speak(VOICE, { from: 100, ...UTTERANCE });
    await left;
    expect(isSubscribed()).toBe(false);
    await expect
      .poll(async () => (await ada.slash("mood status").edited()).content)
      .toContain("Dropped: no consent (1)");
    await ada.slash("mood stop").edited();
    expect(handedOn.entries).toEqual([]);
    expect((await store.live.of(GUILD_ID, 1))[0]?.health.utterances).toBe(0);
  });

  test("can't be given to a session that is over", async () => {
    const { ada, begin } = await liveBot(["Ada"]);
    const { notice } = await begin();
    await ada.slash("mood stop").edited();
    expect((await ada.press(notice, "Include me").answered()).content).toContain("This live session is over");
  });
});

describe("it leaves by itself, with a word,", () => {
  test("when nobody who is there takes part", async () => {
    const { ada, said, store } = await liveBot(["Ada"], { departure: { nobodyMs: 200 } });
    await ada.slash("mood start").edited();
    await said("Nobody in the channel takes part");
    expect(await store.live.running()).toEqual([]);
  });

  test("when the channel is empty", async () => {
    const { ada, said } = await liveBot(["Ada"], { departure: { emptyMs: 50 } });
    await ada.slash("mood start").edited();
    await ada.voice.leave();
    await said("Everybody left the channel");
  });

  test("when its time is over", async () => {
    const { ada, said } = await liveBot(["Ada"], { departure: { longestMs: 200 } });
    await ada.slash("mood start").edited();
    await said("The time for listening is over");
  });

  test("when somebody throws it out", async () => {
    const { ada, said, discord, store } = await liveBot(["Ada"]);
    await ada.slash("mood start").edited();
    await discord.voice.disconnectBot();
    await said("Somebody disconnected Timbre");
    expect((await store.live.of(GUILD_ID, 1))[0]?.endReason).toBe("disconnected");
  });

  test("when Timbre is stopped", async () => {
    const { ada, bot, discord, store } = await liveBot(["Ada"]);
    await ada.slash("mood start").edited();
    expect(discord.botNick).toBe("🔴 Timbre");
    await bot.close();
    expect(discord.sent.entries.at(-1)?.content).toContain("Timbre is being stopped or updated");
    expect(discord.botNick).toBeNull();
    expect((await store.live.of(GUILD_ID, 1))[0]?.endReason).toBe("shutdown");
  });

  test("when the session was ended elsewhere", async () => {
    const { ada, said, store } = await liveBot(["Ada"]);
    await ada.slash("mood start").edited();
    const [session] = await store.live.running();
    await store.live.end(session?.id ?? "", "stopped");
    await said("The live mode was ended");
  });
});

test("a readout that somebody deletes comes again", async () => {
  const { ada, begin, discord } = await liveBot(["Ada"]);
  const { notice, readout } = await begin();
  discord.deleteMessage(readout.id);
  await ada.press(notice, "Include me").answered();
  const again = await discord.sent.find((message) => textOf(message).includes(`<@${ada.id}> Nothing`), "the readout");
  expect(again.components).toHaveLength(1);
});

test("what was said last still counts: the last word waits for its reading", async () => {
  const { ada, beginHeard, discord, handedOn, store } = await liveBot(["Ada"]);
  await beginHeard();
  await ada.voice.speak(VOICE, UTTERANCE);
  const stopped = ada.slash("mood stop").edited();
  const clipId = await handedOn.find(() => true, "an utterance");
  expect(await store.utterances.finish(clipId, SAMPLE_READING)).toBe("kept");
  await stopped;
  const summary = discord.sent.entries.at(-1);
  expect(summary && textOf(summary)).toContain(`<@${ada.id}>`);
  expect(summary?.attachments).toHaveLength(1);
});

test("an utterance that can't even be kept is counted as dropped, and the session goes on", async () => {
  const store = await storeForTest();
  const keep = () => Promise.reject(new Error("no database"));
  const { ada, beginHeard, log } = await liveBot(["Ada"], {
    store: { ...store, utterances: { ...store.utterances, keep } },
  });
  await beginHeard();
  await ada.voice.speak(VOICE, UTTERANCE);
  await log.find((line) => line.includes("utterance couldn't be handed on"), "the log");
  expect((await ada.slash("mood status").edited()).content).toContain("queue full (1)");
});

test("an utterance that can't be put into the queue is dropped by name, counted, and in the log", async () => {
  const heard: object[] = [];
  const { ada, beginHeard, log, store } = await liveBot(["Ada"], {
    utterances: { enqueueUtterance: () => Promise.reject(new Error("no queue")) },
    onHeard: (since) => heard.push(since),
  });
  await beginHeard();
  await ada.voice.speak(VOICE, UTTERANCE);
  await ada.slash("mood stop").edited();
  const [session] = await store.live.of(GUILD_ID, 1);
  expect(session?.health).toMatchObject({ utterances: 1, dropped: { "queue-full": 1, stale: 0 } });
  expect(heard).toMatchObject([{ utterances: 1, dropped: { "queue-full": 1 } }]);
  expect(log.entries.some((line) => line.includes('"queue-full":1') && line.includes('"ratio":'))).toBe(true);
});
