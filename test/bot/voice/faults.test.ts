/** What is known to go wrong in @discordjs/voice and davey (see the design's list), and that the bot outlives it. */

import { getVoiceConnection, NetworkingStatusCode, VoiceConnectionStatus } from "@discordjs/voice";
import { VoiceCloseCodes, VoiceOpcodes } from "discord-api-types/voice/v8";
import { describe, expect, it, vi } from "vitest";
import { APPLICATION_ID, GUILD_ID, handClock, type LocalDiscord } from "../../discord/index.ts";
import { opusPackets } from "../../discord/voice/microphone.ts";
import { type Listening, listening, listeningTo } from "./listening.ts";

const VOICE = "test/fixtures/voice.ogg";
const FAST = { packetMs: 4 };
const UTTERANCE = { count: 60, ...FAST };

/** The connection inside the library. */
function insides({ token }: LocalDiscord) {
  const connection = getVoiceConnection(GUILD_ID, token);
  if (connection?.state.status !== VoiceConnectionStatus.Ready) throw new Error("The bot isn't in the call.");
  const { state } = connection.state.networking;
  if (state.code !== NetworkingStatusCode.Ready) throw new Error("The connection isn't there.");
  return { connection, state };
}

/** Waits for an utterance that is exactly the beginning of the recording. */
async function hearsAll({ spoken }: Listening, userId: string, after = 0): Promise<void> {
  await spoken.find((entry) => spoken.entries.indexOf(entry) >= after && entry.userId === userId, "an utterance");
  const last = spoken.entries.findLast((entry) => entry.userId === userId);
  expect(last?.utterance.packets).toEqual((await opusPackets(VOICE)).slice(0, UTTERANCE.count));
}

const joins = (discord: LocalDiscord) =>
  discord.voice.actions.entries.filter((action) => action.kind === "joined" && action.userId === APPLICATION_ID).length;

async function ready(
  names: readonly string[] = ["Ada"],
  ...rest: [Parameters<typeof listeningTo>[1]?, Parameters<typeof listeningTo>[2]?]
) {
  const all = await listeningTo(names, ...rest);
  const [ada] = all.people;
  if (!ada) throw new Error("nobody");
  return { ...all, ada };
}

describe("a fault of the library", () => {
  it("1: throws at messages about encryption that it can't process", async () => {
    const all = await ready();
    const { ada, discord, log } = all;
    const { group } = await discord.voice.server();
    const session = (await discord.voice.server()).session(APPLICATION_ID);
    session.sendBinary(VoiceOpcodes.DaveMlsProposals, Buffer.from([0, 3, 1, 2, 3]));
    session.sendBinary(VoiceOpcodes.DaveMlsExternalSender, Buffer.from([1, 2, 3]));
    await log.find(() => log.entries.filter((line) => line.includes("couldn't be processed")).length === 2, "both");
    const bert = discord.user("Bert");
    await bert.voice.join();
    await group.events.find(() => group.isSettled([APPLICATION_ID, ada.id, bert.id]), "a call of three");
    all.listener.include(bert.id);
    await bert.voice.speak(VOICE, UTTERANCE);
    await hearsAll(all, bert.id);
  });

  it("2: hands encrypted frames on as audio before the group is there", async () => {
    const all = await ready();
    const { ada, discord, listener, spoken } = all;
    const { group } = await discord.voice.server();
    const former = ada.voice.encryption();
    await ada.voice.leave();
    await group.events.find(({ kind }) => kind === "reset", "the bot alone");
    const goOn = group.commits.hold();
    await ada.voice.join();
    await ada.voice.speak(VOICE, { count: 50, encrypt: former });
    await vi.waitFor(() => expect(listener.report().dropped.undecryptable).toBe(1), 10_000);
    expect(spoken.entries).toEqual([]);
    goOn();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await ada.voice.speak(VOICE, UTTERANCE);
    await hearsAll(all, ada.id);
  });

  it("3: gives out a stream again that it gave out before", async () => {
    const all = await ready();
    const { ada, listener } = all;
    for (const round of [0, 1]) {
      listener.include(ada.id);
      await ada.voice.speak(VOICE, UTTERANCE);
      await hearsAll(all, ada.id, round);
    }
  });

  it("4: gives up on a group that began with transition 0", async () => {
    const clock = handClock();
    const { discord, listener, spoken } = await listening(undefined, clock);
    await listener.ready();
    const ada = discord.user("Ada");
    const server = await discord.voice.server();
    server.group.startNextAtZero();
    await ada.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    listener.include(ada.id);
    await discord.voice.disturb({ garble: 1 });
    // More than the library bears.
    for (const _ of [1, 2]) await ada.voice.speak("test/fixtures/long.ogg", { packetMs: 1 });
    expect(insides(discord).state.dave?.lastTransitionId).toBe(0);
    await vi.waitFor(async () => {
      clock.advance(1000);
      await ada.voice.speak(VOICE, { count: 1 });
      expect(joins(discord)).toBe(2);
    }, 10_000);
    expect(server.group.events.entries.filter(({ kind }) => kind === "invalidated")).toEqual([]);
    await discord.voice.disturb({});
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await ada.voice.speak(VOICE, UTTERANCE);
    await vi.waitFor(() => {
      clock.advance(600);
      expect(spoken.entries).toHaveLength(1);
    }, 10_000);
    // The hand that turns the clock may cut the end off.
    const recording = await opusPackets(VOICE);
    expect(recording).toEqual(expect.arrayContaining([...(spoken.entries[0]?.utterance.packets ?? [])]));
  });

  it("5: rejoins without end where it is refused", async () => {
    const { discord, left } = await ready();
    await discord.voice.drop(4017);
    expect(await left.find(() => true, "the end")).toBe("encryption");
    expect(joins(discord)).toBe(1);
    expect(getVoiceConnection(GUILD_ID, discord.token)).toBeUndefined();
  });

  it("5: and joins again without waiting", async () => {
    const clock = handClock();
    const { discord, left } = await ready(["Ada"], undefined, clock);
    const refused = () => discord.voice.actions.entries.filter(({ kind }) => kind === "refused").length;
    (await discord.voice.server()).refusal = VoiceCloseCodes.SessionNoLongerValid;
    await discord.voice.drop(VoiceCloseCodes.SessionNoLongerValid);
    for (const [times, afterMs] of [
      [1, 2000],
      [2, 8000],
    ] as const) {
      await vi.waitFor(() => expect(refused()).toBe(times), 10_000);
      // The bot hears of it a moment later; until then there is nothing to wait for.
      await vi.waitFor(() => {
        clock.advance(afterMs);
        expect(refused()).toBeGreaterThan(times);
      }, 10_000);
    }
    expect(await left.find(() => true, "the end")).toBe("unreachable");
    expect(refused()).toBe(3);
  });

  it("6: lets silence through that nobody encrypted", async () => {
    const all = await ready();
    const { ada, discord, listener } = all;
    await ada.voice.speak(VOICE, UTTERANCE);
    await ada.voice.fallSilent(FAST.packetMs);
    await hearsAll(all, ada.id);
    expect((await discord.voice.server()).relay.frames).toEqual({ encrypted: UTTERANCE.count, plain: 0 });
    expect(listener.report().dropped.undecryptable).toBe(0);
  });
});

describe("trouble on the way", () => {
  it.each([{ corrupt: 0.2 }, { garble: 0.2 }])("costs the damaged packets and nothing else: %o", async (quality) => {
    const { ada, discord, spoken, log } = await ready();
    await discord.voice.disturb({ ...quality, seed: 5 });
    await ada.voice.speak(VOICE, { count: 100, ...FAST });
    const { utterance } = await spoken.find(() => true, "the utterance");
    expect(utterance.lostMs).toBeGreaterThan(100);
    expect(utterance.durationMs).toBeGreaterThan(1800);
    expect(log.entries.join()).not.toContain("trouble");
    expect(joins(discord)).toBe(1);
  });

  it("a subscription that the library ends begins anew", async () => {
    const all = await ready();
    const { ada, discord } = all;
    insides(discord).connection.receiver.subscriptions.get(ada.id)?.push(null);
    await all.log.find((line) => line.includes("resubscribe"), "the remedy");
    await ada.voice.speak(VOICE, UTTERANCE);
    await hearsAll(all, ada.id);
  });

  it("a connection that the library destroys is the end, and what was said so far is handed on", async () => {
    const { ada, discord, left, spoken } = await ready();
    const { connection } = insides(discord);
    await ada.voice.speak(VOICE, UTTERANCE);
    await vi.waitFor(() => expect(connection.receiver.speaking.users.has(ada.id)).toBe(false), 10_000);
    connection.destroy();
    expect(await left.find(() => true, "the end")).toBe("disconnected");
    expect(spoken.entries).toHaveLength(1);
  });

  it.each([4006, 4009, 4015, undefined])("a connection closed with %s comes back", async (code) => {
    const all = await ready();
    const { ada, discord } = all;
    const isBack = ({ kind }: { readonly kind: string }) =>
      kind === (code === 4006 || code === 4009 ? "joined" : "resumed");
    const before = discord.voice.actions.entries.length;
    await discord.voice.drop(code);
    await discord.voice.actions.find(
      (action) => discord.voice.actions.entries.indexOf(action) >= before && isBack(action),
      "the bot again",
    );
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await ada.voice.speak(VOICE, UTTERANCE);
    await hearsAll(all, ada.id);
  });

  it("a way through which nothing comes is given up after three times, and the bot says so", async () => {
    const clock = handClock();
    const { ada, discord, left, log } = await ready(["Ada"], undefined, clock);
    (await discord.voice.server()).relay.isOpen = false;
    for (const round of [1, 2, 3]) {
      await ada.voice.speak(VOICE, { count: 1 });
      await vi.waitFor(() => {
        clock.advance(5000);
        expect(log.entries.filter((line) => line.includes("no-audio"))).toHaveLength(round);
      }, 10_000);
      await vi.waitFor(() => {
        clock.advance(1000);
        expect(joins(discord)).toBe(round + 1);
      }, 20_000);
      await vi.waitFor(() => insides(discord), 10_000);
    }
    await ada.voice.speak(VOICE, { count: 1 });
    await vi.waitFor(() => {
      clock.advance(5000);
      expect(left.entries).toEqual(["silent"]);
    }, 10_000);
  });
});
