import { setImmediate } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { SILENCE_MS } from "../../../src/bot/voice/segmenter.ts";
import { muxUtterance } from "../../../src/bot/voice/utterance.ts";
import { decode } from "../../../src/ser/decode/index.ts";
import { APPLICATION_ID, handClock, OTHER_VOICE_CHANNEL_ID } from "../../discord/index.ts";
import { opusPackets } from "../../discord/voice/microphone.ts";
import { LIMITS } from "../../ser/decode/fixtures.ts";
import { listening, listeningTo, type Spoken } from "./listening.ts";

const VOICE = "test/fixtures/voice.ogg";
const LONG = "test/fixtures/long.ogg";
const FAST = { packetMs: 4 };

test("several people at once become utterances of their own, packet for packet", async () => {
  const { people, spoken, listener } = await listeningTo(["Ada", "Bert"]);
  const [ada, bert] = people;
  await Promise.all([
    ada?.voice.speak(VOICE, { count: 60, ...FAST }),
    bert?.voice.speak(LONG, { count: 100, ...FAST }),
  ]);
  await Promise.all(people.map(({ voice }) => voice.fallSilent(FAST.packetMs)));
  for (const [person, file, count] of [
    [ada, VOICE, 60],
    [bert, LONG, 100],
  ] as const) {
    const { utterance } = await spoken.find(({ userId }) => userId === person?.id, `${count} packets`);
    expect(utterance.packets).toEqual((await opusPackets(file)).slice(0, count));
    expect(utterance).toMatchObject({ durationMs: count * 20, lostMs: 0 });
    expect((await decode(muxUtterance(utterance), LIMITS)).durationMs).toBe(count * 20);
  }
  expect(listener.report()).toMatchObject({ utterances: 2 });
});

test("who didn't agree isn't heard, and who changes their mind is forgotten at once", async () => {
  const { people, spoken, listener, discord } = await listeningTo(["Ada"]);
  const eve = discord.user("Eve");
  await eve.voice.join();
  const [ada] = people;
  await eve.voice.speak(VOICE, { count: 60, packetMs: 20 });
  await ada?.voice.speak(VOICE, { count: 60, ...FAST });
  listener.exclude(ada?.id ?? "");
  await ada?.voice.speak(LONG, { count: 200, packetMs: 5 });
  // Eve's, Ada's that was under way, and Ada's since.
  await vi.waitFor(() => expect(listener.report().dropped["no-consent"]).toBe(3), 10_000);
  listener.include(ada?.id ?? "");
  await ada?.voice.speak(LONG, { from: 200, count: 50, ...FAST });
  const { userId, utterance } = await spoken.find(() => true, "what Ada said at last");
  expect(userId).toBe(ada?.id);
  expect(utterance.packets).toEqual((await opusPackets(LONG)).slice(200, 250));
  expect(spoken.entries).toHaveLength(1);
});

test("lost packets are gaps, and what comes after stays in its place", async () => {
  const { people, spoken, discord } = await listeningTo(["Ada"]);
  const [ada] = people;
  const packets = await opusPackets(VOICE);
  await discord.voice.disturb({ loss: 0.2, duplicate: 0.1, reorder: 0.1, seed: 3 });
  await ada?.voice.speak(packets, { count: 99, ...FAST });
  await discord.voice.disturb({});
  await ada?.voice.speak(packets, { from: 99, count: 1 });
  const { utterance } = await spoken.find(() => true, "the utterance");
  expect(utterance.lostMs).toBeGreaterThan(200);
  const start = packets.findIndex((packet) => packet.equals(utterance.packets[0] ?? Buffer.alloc(0)));
  expect(utterance.packets).toHaveLength(100 - start);
  utterance.packets.forEach((packet, index) => {
    if (packet.length > 1) expect(packets[start + index]?.equals(packet)).toBe(true);
  });
  expect((await decode(muxUtterance(utterance), LIMITS)).durationMs).toBe((100 - start) * 20);
});

test("it moves with its voice server, and leaves when it is thrown out", async () => {
  const { people, spoken, discord, left } = await listeningTo(["Ada"]);
  const [ada] = people;
  await discord.voice.moveServer();
  await discord.voice.encrypted([APPLICATION_ID, ada?.id ?? ""]);
  await ada?.voice.speak(VOICE, { count: 60, ...FAST });
  await spoken.find(() => true, "an utterance after the move");
  await discord.voice.disconnectBot();
  expect(await left.find(() => true, "the end")).toBe("disconnected");
});

test("the first packets count though nobody said yet whose they are", async () => {
  const { people, spoken } = await listeningTo(["Ada"]);
  const [ada] = people;
  await ada?.voice.speak(VOICE, { count: 20, announced: false, ...FAST });
  await ada?.voice.speak(VOICE, { from: 20, count: 40, ...FAST });
  const { utterance } = await spoken.find(() => true, "the utterance");
  expect(utterance.packets).toEqual((await opusPackets(VOICE)).slice(0, 60));
});

test("twenty people's first packets wait for their names", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `Singer ${index}`);
  // Their own clocks alone say where utterances end.
  const { people, spoken } = await listeningTo(names, { voice: { dave: "off" } }, handClock());
  await Promise.all(people.map(({ voice }) => voice.speak(VOICE, { count: 10, announced: false, ...FAST })));
  await Promise.all(people.map(({ voice }) => voice.speak(VOICE, { from: 10, count: 40, ...FAST })));
  for (const { voice } of people) voice.pause(SILENCE_MS);
  await Promise.all(people.map(({ voice }) => voice.speak(VOICE, { count: 1 })));
  for (const { id } of people) {
    const { utterance } = await spoken.find(({ userId }) => userId === id, "an utterance of each");
    expect(utterance.packets).toHaveLength(50);
  }
});

test("packets that come all at once, after something took long, are all heard", async () => {
  const { people, spoken, discord } = await listeningTo(["Ada"]);
  const [ada] = people;
  const release = await discord.voice.jam();
  await ada?.voice.speak(LONG, { count: 450, packetMs: 1 });
  const { relay } = await discord.voice.server();
  await vi.waitFor(() => expect(relay.frames.encrypted).toBe(450));
  release();
  const { utterance } = await spoken.find(() => true, "the utterance");
  expect(utterance).toMatchObject({ durationMs: 9000, lostMs: 0 });
});

test("a process that stood still goes on with those who speak", async () => {
  const { people, spoken, discord } = await listeningTo(["Ada"]);
  const [ada] = people;
  await ada?.voice.speak(LONG, { count: 30, ...FAST });
  const release = await discord.voice.jam();
  await ada?.voice.speak(LONG, { from: 30, count: 30, ...FAST });
  const { relay } = await discord.voice.server();
  await vi.waitFor(() => expect(relay.frames.encrypted).toBe(60));
  // Timers come next, and only then the network. Datagrams go out in the next ticks.
  await setImmediate();
  release();
  for (const _ of [1, 2, 3]) await new Promise(process.nextTick);
  // The time in which somebody would have fallen silent.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SILENCE_MS + 200);
  const { utterance } = await spoken.find(() => true, "the utterance");
  expect(utterance.packets).toEqual((await opusPackets(LONG)).slice(0, 60));
});

test("nobody is taken for somebody whose number they got on another server", async () => {
  // With encryption from end to end, a stranger's packets wouldn't open; the numbers must do without.
  const { discord, listener, spoken } = await listening({ voice: { dave: "off" } });
  await listener.ready();
  const [ada, eve] = [discord.user("Ada"), discord.user("Eve")];
  (await discord.voice.server()).nextSsrc = 5000;
  await ada.voice.join();
  listener.include(ada.id);
  await ada.voice.speak(VOICE, { count: 60, ...FAST });
  await spoken.find(({ userId }) => userId === ada.id, "Ada");
  await discord.voice.moveServer();
  const server = await discord.voice.server();
  const isBack = () => discord.voice.actions.entries.filter(({ kind }) => kind === "joined").length === 4;
  await discord.voice.actions.find(isBack, "all on the new server");
  server.nextSsrc = 5000;
  await eve.voice.join();
  await eve.voice.speak(LONG, { count: 60, announced: false, ...FAST });
  await eve.voice.speak(LONG, { from: 60, count: 50, packetMs: 20 });
  await vi.waitFor(() => expect(listener.report().dropped["no-consent"]).toBe(1), 10_000);
  listener.leave();
  expect(spoken.entries).toHaveLength(1);
});

test("who has the same number on another server is heard there from the first packet on", async () => {
  const { discord, listener, spoken } = await listening({ voice: { dave: "off" } });
  await listener.ready();
  const ada = discord.user("Ada");
  const joinAs = async (ssrc: number) => {
    (await discord.voice.server()).nextSsrc = ssrc;
    await ada.voice.join();
  };
  await joinAs(5000);
  listener.include(ada.id);
  ada.voice.renumber(1000);
  await ada.voice.speak(VOICE, { count: 60, ...FAST });
  await spoken.find(() => true, "an utterance on the first server");
  await discord.voice.moveServer();
  const isBack = () => discord.voice.actions.entries.filter(({ kind }) => kind === "joined").length === 4;
  await discord.voice.actions.find(isBack, "all on the new server");
  await ada.voice.leave();
  await joinAs(5000);
  // As if these were late packets of before.
  ada.voice.renumber(1000);
  await ada.voice.speak(LONG, { count: 50, ...FAST });
  const isSecond = ({ utterance }: Spoken) => utterance.packets.length === 50;
  const { utterance } = await spoken.find(isSecond, "an utterance on the second server");
  expect(utterance.packets).toEqual((await opusPackets(LONG)).slice(0, 50));
});

test("it doesn't listen where a moderator puts it", async () => {
  const { discord, left } = await listeningTo(["Ada"]);
  await discord.voice.moveBot(OTHER_VOICE_CHANNEL_ID);
  expect(await left.find(() => true, "the end")).toBe("moved");
  await discord.voice.actions.find((action) => action.kind === "left", "the bot to go");
});
