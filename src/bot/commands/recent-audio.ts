/** Finds the latest clip of a channel, where Discord lets the bot and the asker see it. */

import { type ChatInputCommandInteraction, DiscordAPIError, PermissionFlagsBits, Routes } from "discord.js";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { firstAudio } from "./first-audio.ts";
import type { Clip } from "./hand-over.ts";

/** How many messages are looked through. */
const MESSAGES = 20;

const attachment = z
  .object({
    id: z.string(),
    url: z.string(),
    filename: z.string(),
    size: z.number(),
    content_type: z.string().nullish(),
  })
  .transform(({ filename, content_type, ...rest }) => ({ ...rest, name: filename, contentType: content_type }));
const message = z.object({ id: z.string(), author: z.object({ id: z.string() }), attachments: z.array(attachment) });
const latestFirst = z.array(message);
type Message = z.infer<typeof message>;

/**
 * The latest voice message, audio file or video among the channel's last 20 messages. In servers, Discord shows
 * attachments only to bots with the message content intent; in direct messages with the bot, always.
 * @throws UserError `no-recent-audio` when there is none or it can't be seen.
 */
export async function recentAudio(interaction: ChatInputCommandInteraction): Promise<Clip> {
  for (const { id, author, attachments } of await messagesIn(interaction)) {
    const clip = firstAudio(attachments);
    if (clip === undefined) continue;
    const { url, name, size } = clip;
    const attribution = { source: "command", subjectId: author.id, messageId: id, attachmentId: clip.id } as const;
    return { url, name, size, attribution };
  }
  throw new UserError("no-recent-audio");
}

async function messagesIn({
  id,
  client,
  channelId,
  memberPermissions,
}: ChatInputCommandInteraction): Promise<readonly Message[]> {
  // Else the bot would tell of messages that the asker may not read.
  if (memberPermissions?.has(PermissionFlagsBits.ReadMessageHistory) === false) return [];
  try {
    // Ids tell the time; without "before", the bot's own "is thinking…" would be among the messages.
    const query = new URLSearchParams({ limit: String(MESSAGES), before: id });
    return latestFirst.parse(await client.rest.get(Routes.channelMessages(channelId), { query }));
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return [];
    throw error;
  }
}
