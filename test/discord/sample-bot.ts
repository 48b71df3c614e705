/** A bot of a few lines on real discord.js, to try the local Discord with. */

import {
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type MessageContextMenuCommandInteraction,
  SlashCommandBuilder,
} from "discord.js";
import { onTestFinished } from "vitest";
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from "./index.ts";

/** The sample bot's one command: a clip that it must have, and words that it may have. */
export const ECHO = new SlashCommandBuilder()
  .setName("echo")
  .setDescription("Says it again")
  .addAttachmentOption((option) => option.setName("clip").setDescription("What to say").setRequired(true))
  .addStringOption((option) => option.setName("words").setDescription("More of it"))
  .toJSON();

/** A clip for the command. */
export const CLIP = { name: "hello.ogg", bytes: Buffer.from("OggS, more or less") };

/** A local Discord that ends with the test. */
export async function localDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  const discord = await startLocalDiscord(options);
  onTestFinished(() => discord.close());
  return discord;
}

/** A discord.js client for a local Discord, not logged in yet; it ends with the test. */
export function clientFor(discord: LocalDiscord): Client {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.api } });
  onTestFinished(() => client.destroy());
  return client;
}

/** A local Discord with the sample bot logged in and its command registered. */
export async function withSampleBot(options: LocalDiscordOptions = {}) {
  const discord = await localDiscord(options);
  const client = clientFor(discord);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  const bot = await ready;
  await bot.application.commands.set([ECHO]);
  return { discord, bot };
}

/** The next slash command that reaches the bot. Ask before it is sent. */
export function nextCommand(bot: Client): Promise<ChatInputCommandInteraction> {
  return new Promise((resolve) => {
    bot.once(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) resolve(interaction);
    });
  });
}

/** The next command in the menu of messages that reaches the bot. Ask before it is sent. */
export function nextMenuCommand(bot: Client): Promise<MessageContextMenuCommandInteraction> {
  return new Promise((resolve) => {
    bot.once(Events.InteractionCreate, (interaction) => {
      if (interaction.isMessageContextMenuCommand()) resolve(interaction);
    });
  });
}

/** Lets a person send the command, and hands over both ends of it. */
export async function echo({ discord, bot }: { discord: LocalDiscord; bot: Client }) {
  const coming = nextCommand(bot);
  const conversation = discord.user("Ada").slash("echo", { clip: CLIP });
  return { conversation, interaction: await coming };
}
