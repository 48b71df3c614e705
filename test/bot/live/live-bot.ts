/** A bot with people in the local Discord's first voice channel, and a test in the worker's place. */

import { onTestFinished } from "vitest";
import type { BotParts } from "../../../src/bot/index.ts";
import {
  APPLICATION_ID,
  type LocalDiscord,
  type LocalDiscordOptions,
  type SeenMessage,
  startLocalDiscord,
} from "../../discord/index.ts";
import { Journal } from "../../discord/journal.ts";
import { botForTest } from "../start.ts";

/** A recording, and how much of it is an utterance when it is said faster than life. */
export const VOICE = "test/fixtures/voice.ogg";
export const UTTERANCE = { count: 100, packetMs: 5 } as const;

/** A local Discord whose clock goes, as voice needs it. It ends with the test. */
export async function voiceDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  const discord = await startLocalDiscord(options);
  onTestFinished(() => discord.close());
  return discord;
}

/** Starts a bot; `utterances` takes note of what is handed on. */
export async function liveBot(names: readonly string[], parts: Partial<BotParts> = {}) {
  const discord = await voiceDiscord();
  const handedOn = new Journal<string>();
  const utterances = {
    enqueueUtterance: async (clipId: string) => {
      handedOn.push(clipId);
    },
  };
  const all = await botForTest(discord, undefined, { utterances, ...parts });
  const people = names.map((name) => discord.user(name));
  await Promise.all(people.map(({ voice }) => voice.join()));
  /** Waits until everybody's encryption is set up with the bot. */
  const encrypted = () => discord.voice.encrypted([APPLICATION_ID, ...people.map(({ id }) => id)]);
  /** The first message of the bot that contains this, in its words or in its embed. */
  const said = (words: string) => discord.sent.find((message) => textOf(message).includes(words), words);
  const [ada] = people;
  if (!ada) throw new Error("nobody");
  /** The first person begins a session; answers its first words. */
  const begin = async () => {
    await ada.slash("mood start").edited();
    const [notice, readout] = discord.sent.entries;
    if (!notice || !readout) throw new Error("Nothing was said.");
    return { notice, readout };
  };
  /** The same, and the first person takes part, and can be heard. */
  const beginHeard = async () => {
    const { notice } = await begin();
    await encrypted();
    await ada.press(notice, "Include me").answered();
    await discord.edits.find((message) => textOf(message).includes(ada.id), "the person in the readout");
    return notice;
  };
  return { discord, handedOn, people, ada, said, begin, beginHeard, ...all };
}

/** Everything that a message says. */
export function textOf({ content, embeds: [embed] }: SeenMessage): string {
  return [content, embed?.title, embed?.description, embed?.footer?.text].join("\n");
}
