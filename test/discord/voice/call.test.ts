import { VoiceConnectionStatus } from "@discordjs/voice";
import { VoiceEncryptionMode } from "discord-api-types/voice/v8";
import { describe, expect, it, vi } from "vitest";
import { APPLICATION_ID, handClock } from "../index.ts";
import type { Journal } from "../journal.ts";
import { opusPackets } from "./microphone.ts";
import type { Heard } from "./person-voice.ts";
import { introduce, sampleListener } from "./sample-listener.ts";

const VOICE = "test/fixtures/voice.ogg";
const LONG = "test/fixtures/long.ogg";
/** Faster than life: nobody here measures time. */
const FAST = { packetMs: 3 };

/** Waits until the bot heard this very recording of somebody. */
async function hears(heard: Journal<Heard>, userId: string, packets: readonly Buffer[]): Promise<void> {
  const own = () => heard.entries.filter((entry) => entry.userId === userId).map(({ frame }) => frame);
  await heard.find(() => own().length >= packets.length, `${packets.length} packets of ${userId}`);
  expect(Buffer.concat(own()).equals(Buffer.concat(packets))).toBe(true);
}

describe("a call", () => {
  it("is encrypted from end to end, and several people are heard byte for byte", async () => {
    const bot = await sampleListener();
    const { discord, heard, connection } = bot;
    const [ada, bert, cleo] = ["Ada", "Bert", "Cleo"].map((name) => discord.user(name));
    if (!ada || !bert || !cleo) throw new Error("nobody");
    await Promise.all([ada, bert, cleo].map(({ voice }) => voice.join()));
    await discord.voice.encrypted([APPLICATION_ID, ada.id, bert.id, cleo.id]);
    await introduce(bot, ada, bert, cleo);
    await Promise.all([
      ada.voice.speak(VOICE, { count: 60, ...FAST }),
      bert.voice.speak(LONG, { count: 60, ...FAST }),
      cleo.voice.speak(LONG, { from: 100, count: 60, ...FAST }),
    ]);
    await hears(heard, ada.id, (await opusPackets(VOICE)).slice(0, 60));
    await hears(heard, bert.id, (await opusPackets(LONG)).slice(0, 60));
    await hears(heard, cleo.id, (await opusPackets(LONG)).slice(100, 160));
    const { frames } = (await discord.voice.server()).relay;
    expect(frames).toEqual({ encrypted: 180, plain: 0 });
    expect(new Set([connection.voicePrivacyCode, ada.voice.privacyCode, cleo.voice.privacyCode]).size).toBe(1);
  });

  it.each([VoiceEncryptionMode.AeadAes256GcmRtpSize, VoiceEncryptionMode.AeadXChaCha20Poly1305RtpSize] as const)(
    "works with %s",
    async (mode) => {
      const bot = await sampleListener({ voice: { modes: [mode] } });
      const { discord, heard } = bot;
      await discord.voice.actions.find((action) => action.kind === "joined" && action.mode === mode, "the mode");
      const ada = discord.user("Ada");
      await ada.voice.join();
      await discord.voice.encrypted([APPLICATION_ID, ada.id]);
      await introduce(bot, ada);
      await ada.voice.speak(VOICE, { count: 40, ...FAST });
      await hears(heard, ada.id, (await opusPackets(VOICE)).slice(0, 40));
    },
  );

  it("lets people hear each other and goes on when some leave and come back", async () => {
    const bot = await sampleListener();
    const { discord, heard } = bot;
    const [ada, bert] = [discord.user("Ada"), discord.user("Bert")];
    await ada.voice.join();
    await bert.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id, bert.id]);
    await introduce(bot, ada, bert);
    await ada.voice.speak(VOICE, { count: 20, ...FAST });
    await bert.voice.heard.find(() => bert.voice.heard.entries.length === 20, "Ada at Bert's");
    const former = ada.voice.encryption();
    await ada.voice.leave();
    await discord.voice.encrypted([APPLICATION_ID, bert.id]);
    await introduce(bot, bert);
    await ada.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id, bert.id]);
    await introduce(bot, ada, bert);
    const before = heard.entries.length;
    await ada.voice.speak(VOICE, { count: 5, encrypt: former, ...FAST });
    await ada.voice.speak(VOICE, { count: 5, encrypt: (frame) => frame, ...FAST });
    await ada.voice.speak(LONG, { count: 20, ...FAST });
    await heard.find(({ userId }) => userId === ada.id && heard.entries.length >= before + 20, "Ada again");
    expect(heard.entries.slice(before).map(({ frame }) => frame)).toEqual((await opusPackets(LONG)).slice(0, 20));
  });

  it("tells newcomers whose packets are whose, and sends nothing to those who don't listen", async () => {
    const { discord } = await sampleListener();
    const [ada, bert, cleo] = [discord.user("Ada"), discord.user("Bert"), discord.user("Cleo")];
    await ada.voice.join();
    ada.voice.announce();
    await bert.voice.join();
    await cleo.voice.join(undefined, { deaf: true });
    await discord.voice.encrypted([APPLICATION_ID, ada.id, bert.id, cleo.id]);
    await ada.voice.speak(VOICE, { count: 20, announced: false, ...FAST });
    await hears(bert.voice.heard, ada.id, (await opusPackets(VOICE)).slice(0, 20));
    expect(cleo.voice.heard.entries).toEqual([]);
  });

  it("mends itself after a bad commit", async () => {
    const bot = await sampleListener();
    const { discord, heard } = bot;
    const [ada, bert] = [discord.user("Ada"), discord.user("Bert")];
    await Promise.all([ada.voice.join(), bert.voice.join()]);
    await discord.voice.encrypted([APPLICATION_ID, ada.id, bert.id]);
    await introduce(bot, ada, bert);
    const { group } = await discord.voice.server();
    group.commits.spoilNext(APPLICATION_ID);
    await bert.voice.leave();
    await group.events.find(({ kind }) => kind === "invalidated", "the bot's complaint");
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await introduce(bot, ada);
    await ada.voice.speak(VOICE, { count: 30, ...FAST });
    await hears(heard, ada.id, (await opusPackets(VOICE)).slice(0, 30));
  });

  it("starts anew with a sole member", async () => {
    const bot = await sampleListener();
    const { discord, heard } = bot;
    const ada = discord.user("Ada");
    await ada.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await introduce(bot, ada);
    const { group } = await discord.voice.server();
    await ada.voice.leave();
    await group.events.find(({ kind }) => kind === "reset", "the reset");
    expect(group.epoch).toBe(0);
    await ada.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await introduce(bot, ada);
    await ada.voice.speak(VOICE, { count: 30, ...FAST });
    await hears(heard, ada.id, (await opusPackets(VOICE)).slice(0, 30));
  });

  it("gives its encryption up for a client of old, and takes it up again without", async () => {
    const bot = await sampleListener({ voice: { dave: "optional" } });
    const { discord, heard } = bot;
    const [ada, old] = [discord.user("Ada"), discord.user("Methuselah")];
    const server = await discord.voice.server();
    await ada.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await introduce(bot, ada);
    await old.voice.join(undefined, { dave: false });
    await server.group.events.find((event) => event.kind === "executed" && event.version === 0, "the way down");
    await introduce(bot, old);
    await Promise.all([ada.voice.speak(VOICE, { count: 20, ...FAST }), old.voice.speak(LONG, { count: 20, ...FAST })]);
    await hears(heard, ada.id, (await opusPackets(VOICE)).slice(0, 20));
    await hears(heard, old.id, (await opusPackets(LONG)).slice(0, 20));
    expect(server.relay.frames).toEqual({ encrypted: 0, plain: 40 });
    await old.voice.leave();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await introduce(bot, ada);
    await ada.voice.speak(VOICE, { from: 20, count: 20, ...FAST });
    await hears(heard, ada.id, (await opusPackets(VOICE)).slice(0, 40));
    expect(server.relay.frames).toEqual({ encrypted: 20, plain: 40 });
  });

  it("goes on over a new connection when a wire is cut, and what was missed is sent again", async () => {
    const bot = await sampleListener();
    const { discord, heard, connection } = bot;
    const [ada, bert] = [discord.user("Ada"), discord.user("Bert")];
    await ada.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await introduce(bot, ada);
    await discord.voice.drop();
    await bert.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id, bert.id]);
    await introduce(bot, ada, bert);
    await bert.voice.speak(VOICE, { count: 30, ...FAST });
    await hears(heard, bert.id, (await opusPackets(VOICE)).slice(0, 30));
    const kinds = discord.voice.actions.entries.flatMap((action) =>
      "userId" in action && action.userId === APPLICATION_ID ? [action.kind] : [],
    );
    expect(kinds).toEqual(["identified", "joined", "resumed"]);
    expect(connection.state.status).toBe(VoiceConnectionStatus.Ready);
  });

  it("moves to another voice server", async () => {
    const bot = await sampleListener();
    const { discord, heard } = bot;
    const ada = discord.user("Ada");
    await ada.voice.join();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await introduce(bot, ada);
    await discord.voice.moveServer();
    await discord.voice.encrypted([APPLICATION_ID, ada.id]);
    await introduce(bot, ada);
    await ada.voice.speak(VOICE, { count: 30, ...FAST });
    await hears(heard, ada.id, (await opusPackets(VOICE)).slice(0, 30));
  });

  it("loses, doubles and swaps packets as it is told, the same way each time", async () => {
    const run = async () => {
      // DAVE would refuse the doubles. With time, a busy machine would release what waits for its successor.
      const bot = await sampleListener({ voice: { dave: "off" }, clock: handClock() });
      const { discord, heard } = bot;
      const ada = discord.user("Ada");
      await ada.voice.join();
      await introduce(bot, ada);
      await discord.voice.disturb({ loss: 0.1, duplicate: 0.1, reorder: 0.1, seed: 7 });
      const packets = await opusPackets(VOICE);
      await ada.voice.speak(packets, { count: 80, ...FAST });
      await vi.waitFor(() => expect(discord.voice.passedToBot(ada.id)).toBe(80), 10_000);
      await discord.voice.disturb({});
      await ada.voice.speak(packets, { from: 80, count: 1 });
      const last = packets[80];
      await heard.find(({ frame }) => last?.equals(frame) === true, "the last packet");
      return heard.entries.map(({ frame }) => packets.findIndex((packet) => packet.equals(frame)));
    };
    const [first, second] = [await run(), await run()];
    expect(first).toEqual(second);
    expect(new Set(first).size).toBeLessThan(81);
    expect(first.length).toBeGreaterThan(new Set(first).size);
    expect(first).not.toEqual(first.toSorted((a, b) => a - b));
  });
});
