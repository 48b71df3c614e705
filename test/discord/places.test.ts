import {
  Client,
  Events,
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits,
  Routes,
  SlashCommandBuilder,
} from "discord.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { CHANNEL_ID, CLOSED_CHANNEL_ID, FOREIGN_CHANNEL_ID, GROUP_CHANNEL_ID, type LocalDiscord } from "./index.ts";
import { CLIP, echo, localDiscord, nextCommand, withSampleBot } from "./sample-bot.ts";

const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
const voice = { files: [CLIP], voice: true };

/** A bot that hears of messages, as far as its intents go, and the messages that it heard of. */
async function listener(discord: LocalDiscord, ...intents: GatewayIntentBits[]) {
  const client = new Client({ intents: [Guilds, ...intents], rest: { api: discord.api } });
  onTestFinished(() => client.destroy());
  const heard: { id: string; files: number; isVoice: boolean }[] = [];
  client.on(Events.MessageCreate, ({ id, attachments, flags }) => {
    heard.push({ id, files: attachments.size, isVoice: flags.has(MessageFlags.IsVoiceMessage) });
  });
  await new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.login(discord.token).catch(reject);
  });
  return { client, heard };
}

/** Resolves when everything that was sent to the bot before has arrived. */
async function arrived(discord: LocalDiscord, client: Client): Promise<void> {
  await client.application?.commands.set([{ name: "ping", description: "Pings" }]);
  const coming = nextCommand(client);
  discord.user("Zoe").slash("ping");
  await coming;
}

describe("new messages", () => {
  it("are told to bots that want to hear of them there, with what hangs on them only where that is allowed", async () => {
    for (const messageContent of [true, false]) {
      const discord = await localDiscord({ messageContent });
      const { client, heard } = await listener(discord, GuildMessages, ...(messageContent ? [MessageContent] : []));
      const { id } = discord.user("Ada").post(voice);
      discord.user("Ada").post(voice, { dm: true });
      discord.user("Ada").post(voice, { channelId: GROUP_CHANNEL_ID });
      await arrived(discord, client);
      expect(heard).toEqual([{ id, files: messageContent ? 1 : 0, isVoice: true }]);
    }
  });

  it("are told from nowhere without an intent", async () => {
    const discord = await localDiscord();
    const { client, heard } = await listener(discord);
    discord.user("Ada").post(voice);
    await arrived(discord, client);
    expect(heard).toEqual([]);
  });

  it("are no reason to ask for an intent that the portal doesn't allow", async () => {
    const discord = await localDiscord();
    await expect(listener(discord, GuildMessages, MessageContent)).rejects.toThrow(/disallowed intents/i);
    expect(discord.gatewayActions.entries).toEqual(["refused"]);
  });
});

describe("places", () => {
  it("without the bot know the app through a person only, and are closed to the bot", async () => {
    const { discord, bot } = await withSampleBot();
    const everywhere = new SlashCommandBuilder()
      .setName("hi")
      .setDescription("Hi")
      .setContexts(0, 1, 2)
      .setIntegrationTypes(0, 1);
    await bot.application.commands.create(everywhere);
    for (const [channelId, context, isGuild] of [
      [GROUP_CHANNEL_ID, 2, false],
      [FOREIGN_CHANNEL_ID, 0, true],
    ] as const) {
      const coming = nextCommand(bot);
      const ada = discord.user("Ada");
      const conversation = ada.slash("hi", {}, { channelId });
      const interaction = await coming;
      expect(interaction.context).toBe(context);
      expect([interaction.inGuild(), interaction.inCachedGuild()]).toEqual([isGuild, false]);
      const { 0: guildId, 1: userId } = interaction.authorizingIntegrationOwners;
      expect([guildId, userId]).toEqual([undefined, ada.id]);
      await interaction.reply("hi");
      for (let count = 0; count < 5; count += 1) await interaction.followUp("more");
      await expect(interaction.followUp("too much")).rejects.toMatchObject({ code: 40094 });
      expect(conversation.history).toHaveLength(6);
      await expect(bot.rest.get(Routes.channelMessages(channelId))).rejects.toMatchObject({ code: 50001 });
      expect(() => ada.slash("echo", { clip: CLIP }, { channelId })).toThrow("isn't installed");
    }
  });

  it("let the bot do what it may", async () => {
    const { discord, bot } = await withSampleBot({ messageContent: true });
    const { id } = discord.user("Ada").post(voice);
    const react = () => bot.rest.put(Routes.channelMessageOwnReaction(CHANNEL_ID, id, encodeURIComponent("😊")));
    const say = (channelId = CHANNEL_ID) =>
      bot.rest.post(Routes.channelMessages(channelId), { body: { content: "x" } });
    await react();
    expect(discord.reactions.entries).toEqual([{ channelId: CHANNEL_ID, messageId: id, emoji: "😊" }]);
    expect(await bot.rest.get(Routes.channelMessage(CHANNEL_ID, id))).toMatchObject({
      attachments: [{ filename: CLIP.name }],
    });
    await expect(bot.rest.get(Routes.channelMessage(CHANNEL_ID, "1"))).rejects.toMatchObject({ code: 10008 });
    await expect(say(CLOSED_CHANNEL_ID)).rejects.toMatchObject({ code: 50001 });
    discord.forbid(PermissionFlagsBits.AddReactions, PermissionFlagsBits.SendMessages);
    await expect(react()).rejects.toMatchObject({ code: 50013, status: 403 });
    await expect(say()).rejects.toMatchObject({ code: 50013 });
    const { interaction } = await echo({ discord, bot });
    expect(interaction.appPermissions.has(PermissionFlagsBits.SendMessages)).toBe(false);
    discord.forbid(PermissionFlagsBits.ViewChannel);
    await expect(react()).rejects.toMatchObject({ code: 50001 });
  });
});

describe("a message to a channel", () => {
  it("replies to one that is there, mentions whom it may, and comes once for a nonce", async () => {
    const { discord, bot } = await withSampleBot();
    const ada = discord.user("Ada");
    const { id } = ada.post({ content: "hello" });
    const say = (more: object) =>
      bot.rest.post(Routes.channelMessages(CHANNEL_ID), { body: { content: `<@${ada.id}> hello`, ...more } });
    await say({ message_reference: { message_id: id }, allowed_mentions: { parse: [] } });
    await say({ allowed_mentions: { users: [ada.id] } });
    await expect(say({ message_reference: { message_id: "1" } })).rejects.toMatchObject({ code: 50035 });
    await say({ message_reference: { message_id: "1", fail_if_not_exists: false } });
    expect(discord.sent.entries.map(({ replyTo, mentions }) => [replyTo, mentions])).toEqual([
      [id, []],
      [undefined, ["Ada"]],
      [undefined, ["Ada"]],
    ]);
    const first = await say({ nonce: "7", enforce_nonce: true });
    expect(await say({ nonce: "7", enforce_nonce: true })).toEqual(first);
  });
});
