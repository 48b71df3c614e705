/** Finds the recordings of a message by its link, where the asker may read it, too. */

import {
  ChannelType,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import { UserError } from "../../errors.ts";
import { apiMessage } from "./api-message.ts";
import { clipsOf } from "./first-audio.ts";
import type { Clip } from "./hand-over.ts";

/** A message's address, as Discord copies it; `<…>` keeps it from being previewed. */
const LINK = /^<?https:\/\/(?:[a-z]+\.)?discord(?:app)?\.com\/channels\/(@me|\d+)\/(\d+)\/(\d+)\/?>?$/;
const READING = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];

/**
 * The recordings of the message that a link leads to.
 * @throws UserError `no-link`; `link-unseen` when the bot or the asker can't see them; `message-gone` for a deleted message.
 */
export async function linkedAudio(interaction: ChatInputCommandInteraction, link: string): Promise<readonly Clip[]> {
  const [, guildId = "", channelId = "", messageId = ""] = LINK.exec(link.trim()) ?? [];
  if (messageId === "") throw new UserError("no-link");
  if (!mayRead(interaction, guildId, channelId)) throw new UserError("link-unseen");
  try {
    const found = await interaction.client.rest.get(Routes.channelMessage(channelId, messageId));
    const clips = clipsOf(apiMessage.parse(found), "command");
    if (clips.length > 0) return clips;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.code === RESTJSONErrorCodes.UnknownMessage) throw new UserError("message-gone");
    if (error.status !== 403 && error.status !== 404) throw error;
  }
  throw new UserError("link-unseen");
}

/** Whether the asker may read there: else the bot would tell of messages that aren't theirs to read. */
function mayRead(interaction: ChatInputCommandInteraction, guildId: string, channelId: string): boolean {
  if (channelId === interaction.channelId)
    return interaction.memberPermissions?.has(PermissionFlagsBits.ReadMessageHistory) ?? true;
  if (!interaction.inCachedGuild() || interaction.guildId !== guildId) return false;
  const channel = interaction.guild.channels.cache.get(channelId);
  // Who is in a private thread isn't known without asking for all its members.
  if (channel === undefined || channel.type === ChannelType.PrivateThread) return false;
  return channel.permissionsFor(interaction.member).has(READING);
}
