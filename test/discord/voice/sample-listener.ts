/** A bot of a few lines on real discord.js and @discordjs/voice that listens to everybody. */

import {
  EndBehaviorType,
  entersState,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from "@discordjs/voice";
import type { Client } from "discord.js";
import { expect, onTestFinished, vi } from "vitest";
import { GUILD_ID, type LocalDiscord, type LocalDiscordOptions, VOICE_CHANNEL_ID } from "../index.ts";
import { Journal } from "../journal.ts";
import type { Person } from "../person.ts";
import type { Heard } from "./person-voice.ts";
import { voiceBot } from "./voice-bot.ts";

/** The bot in a call. */
export interface SampleListener {
  readonly discord: LocalDiscord;
  readonly client: Client<true>;
  readonly connection: VoiceConnection;
  /** Opus packets that came through, in order. */
  readonly heard: Journal<Heard>;
}

/** A local Discord with a bot in its first voice channel; both end with the test. */
export async function sampleListener(options: LocalDiscordOptions = {}): Promise<SampleListener> {
  const { discord, client } = await voiceBot(options);
  return { discord, client, ...(await listen(client)) };
}

/** Joins the first voice channel, and listens to all who speak. */
export async function listen(client: Client<true>): Promise<Pick<SampleListener, "connection" | "heard">> {
  const guild = client.guilds.cache.get(GUILD_ID);
  if (!guild) throw new Error("The guild isn't there.");
  const connection = joinVoiceChannel({
    channelId: VOICE_CHANNEL_ID,
    guildId: GUILD_ID,
    selfDeaf: false,
    adapterCreator: guild.voiceAdapterCreator,
    // One for each client: tests in one process must not share connections.
    group: client.token ?? "",
  });
  onTestFinished(() => {
    if (connection.state.status !== VoiceConnectionStatus.Destroyed) connection.destroy();
  });
  const heard = new Journal<Heard>();
  const { receiver } = connection;
  receiver.speaking.on("start", (userId: string) => {
    if (receiver.subscriptions.has(userId)) return;
    const stream = receiver.subscribe(userId, { end: { behavior: EndBehaviorType.Manual } });
    stream.on("data", (frame: Buffer) => heard.push({ userId, frame }));
    stream.on("error", () => {});
  });
  await entersState(connection, VoiceConnectionStatus.Ready, 20_000);
  return { connection, heard };
}

/** Lets people light up, and waits until the bot knows whose packets are whose: it drops those of strangers. */
export async function introduce({ discord, connection }: SampleListener, ...people: readonly Person[]): Promise<void> {
  const server = await discord.voice.server();
  for (const { id, voice } of people) {
    voice.announce();
    const { ssrc } = server.session(id);
    await vi.waitFor(() => expect(connection.receiver.ssrcMap.get(ssrc)?.userId).toBe(id), 10_000);
  }
}
