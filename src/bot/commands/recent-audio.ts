/** Finds the latest clip of a channel, where Discord lets the bot and the asker see it. */

import {
  ApplicationIntegrationType,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  PermissionFlagsBits,
  Routes,
} from "discord.js";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { apiMessage } from "./api-message.ts";
import { clipsOf } from "./first-audio.ts";
import type { Clip } from "./hand-over.ts";

/** How many messages are looked through. */
const MESSAGES = 20;

const latestFirst = z.array(apiMessage);

/**
 * The latest voice message, audio file or video among the channel's last 20 messages. In servers, Discord shows
 * attachments only to bots with the message content intent; in direct messages with the bot, always.
 * @throws UserError `no-recent-audio` when there is none or none that it may see; `missing-access` where a server that
 * installed the bot keeps it out of the channel.
 */
export async function recentAudio(interaction: ChatInputCommandInteraction): Promise<Clip> {
  for (const message of await messagesIn(interaction)) {
    const [clip] = clipsOf(message, "command");
    if (clip !== undefined) return clip;
  }
  throw new UserError("no-recent-audio");
}

async function messagesIn({
  id,
  client,
  channelId,
  memberPermissions,
  authorizingIntegrationOwners: owners,
}: ChatInputCommandInteraction): Promise<z.infer<typeof latestFirst>> {
  // Else the bot would tell of messages that the asker may not read.
  if (memberPermissions?.has(PermissionFlagsBits.ReadMessageHistory) === false) return [];
  try {
    // Ids tell the time; without "before", the bot's own "is thinking…" would be among the messages.
    const query = new URLSearchParams({ limit: String(MESSAGES), before: id });
    return latestFirst.parse(await client.rest.get(Routes.channelMessages(channelId), { query }));
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || (error.status !== 403 && error.status !== 404)) throw error;
    if (owners[ApplicationIntegrationType.GuildInstall] !== undefined) throw new UserError("missing-access");
    return [];
  }
}
