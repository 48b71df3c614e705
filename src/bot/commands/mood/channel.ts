/** The voice channel that somebody means, and whether the bot can do there what it has to. */

import { type ChatInputCommandInteraction, PermissionFlagsBits, type VoiceBasedChannel } from "discord.js";
import { UserError } from "../../../errors.ts";

/** Without one of these there is no listening, no notice, or no mood to see. */
const NEEDED = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.Connect,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.AttachFiles,
] as const;

/** The channel in which the person is. @throws UserError `join-voice`, `voice-closed` or `voice-full`. */
export function channelToHear({ guild, user }: ChatInputCommandInteraction<"cached">): VoiceBasedChannel {
  const channel = guild.voiceStates.cache.get(user.id)?.channel;
  if (!channel) throw new UserError("join-voice");
  const { me } = guild.members;
  const named = { channel: `<#${channel.id}>` };
  if (me && !channel.permissionsFor(me).has(NEEDED)) throw new UserError("voice-closed", named);
  if (channel.full && !(me && channel.permissionsFor(me).has(PermissionFlagsBits.MoveMembers)))
    throw new UserError("voice-full", named);
  return channel;
}
