/** Finds the latest clip of a channel, where Discord lets the bot and the asker see it. */

import { type ChatInputCommandInteraction, DiscordAPIError, PermissionFlagsBits, Routes } from "discord.js";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { type Attached, firstAudio } from "./first-audio.ts";

/** How many messages are looked through. */
const MESSAGES = 20;

const attachment = z
  .object({ url: z.string(), filename: z.string(), size: z.number(), content_type: z.string().nullish() })
  .transform(({ url, filename, size, content_type }) => ({ url, name: filename, size, contentType: content_type }));
const latestFirst = z.array(z.object({ attachments: z.array(attachment) }));

/**
 * The latest voice message, audio file or video among the channel's last 20 messages. In servers, Discord shows
 * attachments only to bots with the message content intent; in direct messages with the bot, always.
 * @throws UserError `no-recent-audio` when there is none or it can't be seen.
 */
export async function recentAudio(interaction: ChatInputCommandInteraction): Promise<Attached> {
  const clip = firstAudio(await attachmentsIn(interaction));
  if (clip === undefined) throw new UserError("no-recent-audio");
  return clip;
}

async function attachmentsIn({
  id,
  client,
  channelId,
  memberPermissions,
}: ChatInputCommandInteraction): Promise<readonly Attached[]> {
  // Else the bot would tell of messages that the asker may not read.
  if (memberPermissions?.has(PermissionFlagsBits.ReadMessageHistory) === false) return [];
  try {
    // Ids tell the time; without "before", the bot's own "is thinking…" would be among the messages.
    const query = new URLSearchParams({ limit: String(MESSAGES), before: id });
    const messages = latestFirst.parse(await client.rest.get(Routes.channelMessages(channelId), { query }));
    return messages.flatMap(({ attachments }) => attachments);
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return [];
    throw error;
  }
}
