/** Timbre's ear in the local Discord's first voice channel. */

import type { Client } from "discord.js";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type Clock, systemClock } from "../../../src/bot/voice/clock.ts";
import { VoiceListener } from "../../../src/bot/voice/listener.ts";
import type { LeaveReason } from "../../../src/bot/voice/recovery.ts";
import type { Utterance } from "../../../src/bot/voice/utterance.ts";
import {
  APPLICATION_ID,
  GUILD_ID,
  type LocalDiscord,
  type LocalDiscordOptions,
  VOICE_CHANNEL_ID,
} from "../../discord/index.ts";
import { Journal } from "../../discord/journal.ts";
import { voiceBot } from "../../discord/voice/voice-bot.ts";

/** An utterance and whose it is. */
export interface Spoken {
  readonly userId: string;
  readonly utterance: Utterance;
}

/** A listener, and all that it told. */
export interface Listening {
  readonly discord: LocalDiscord;
  readonly client: Client<true>;
  readonly listener: VoiceListener;
  readonly spoken: Journal<Spoken>;
  readonly left: Journal<LeaveReason>;
  /** Lines of the log. */
  readonly log: Journal<string>;
}

/** Logs a bot in and lets it join; everything ends with the test. */
export async function listening(options: LocalDiscordOptions = {}, clock: Clock = systemClock): Promise<Listening> {
  const { discord, client } = await voiceBot(options);
  const guild = client.guilds.cache.get(GUILD_ID);
  if (!guild) throw new Error("The guild isn't there.");
  const [spoken, left, log] = [new Journal<Spoken>(), new Journal<LeaveReason>(), new Journal<string>()];
  const listener = new VoiceListener({
    guildId: GUILD_ID,
    channelId: VOICE_CHANNEL_ID,
    adapterCreator: guild.voiceAdapterCreator,
    group: discord.token,
    clock,
    logger: pino({ level: "debug" }, { write: (line) => log.push(line) }),
    onUtterance: (userId, utterance) => spoken.push({ userId, utterance }),
    onLeft: (reason) => left.push(reason),
  });
  onTestFinished(() => listener.leave());
  return { discord, client, listener, spoken, left, log };
}

/** As `listening`, with people in the channel whom the bot may hear, and their encryption set up. */
export async function listeningTo(names: readonly string[], options?: LocalDiscordOptions, clock?: Clock) {
  const all = await listening(options, clock);
  await all.listener.ready();
  const people = names.map((name) => all.discord.user(name));
  await Promise.all(people.map(({ voice }) => voice.join()));
  if (options?.voice?.dave === undefined) {
    await all.discord.voice.encrypted([APPLICATION_ID, ...people.map(({ id }) => id)]);
  }
  for (const { id } of people) all.listener.include(id);
  return { ...all, people };
}
