/** A bot on real discord.js that may join voice channels. */

import { Client, Events, GatewayIntentBits } from "discord.js";
import { onTestFinished } from "vitest";
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "../index.ts";

/** A local Discord and the bot logged in to it; both end with the test. */
export async function voiceBot(
  options: LocalDiscordOptions = {},
): Promise<{ readonly discord: LocalDiscord; readonly client: Client<true> }> {
  const discord = await startLocalDiscord(options);
  onTestFinished(() => discord.close());
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
    rest: { api: discord.api },
  });
  onTestFinished(() => client.destroy());
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return { discord, client: await ready };
}
