/** The channels that there are, who may do what in them, and what a bot sees there. */

import {
  type APIMessage,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from "discord-api-types/v10";
import { BOT_USER, CHANNELS, CLOSED_CHANNEL_ID, DM_CHANNEL_ID, GUILD_ID } from "./payloads.ts";
import { problems } from "./problems.ts";
import type { State } from "./state.ts";

/** A group of people who write to one another; the bot isn't one of them. */
export const GROUP_CHANNEL_ID = "300000000000000021";
/** A channel of a guild without the bot, in which somebody has brought the app along. */
export const FOREIGN_CHANNEL_ID = "300000000000000022";
/** That guild. */
export const FOREIGN_GUILD_ID = "200000000000000023";

/** Kinds of places, as far as interactions differ in them. */
export type Place = "guild" | "dm" | "group" | "foreign";

/** What kind of place a channel is. */
export function placeOf(channelId: string): Place {
  if (channelId === DM_CHANNEL_ID) return "dm";
  if (channelId === GROUP_CHANNEL_ID) return "group";
  return channelId === FOREIGN_CHANNEL_ID ? "foreign" : "guild";
}

/** Discord's name for a kind of place. */
export function contextOf(place: Place): InteractionContextType {
  if (place === "dm") return InteractionContextType.BotDM;
  return place === "group" ? InteractionContextType.PrivateChannel : InteractionContextType.Guild;
}

/** Whom the app belongs to there: the guild, or only the person who uses it. */
export function ownersIn(place: Place, userId: string): Partial<Record<ApplicationIntegrationType, string>> {
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  if (place === "guild") return { [GuildInstall]: GUILD_ID };
  // "0" says: in the direct messages with the bot itself.
  return { ...(place === "dm" ? { [GuildInstall]: "0" } : {}), [UserInstall]: userId };
}

/**
 * Makes sure that the bot may do something in a channel.
 * @throws Problem 10003 for no channel; 50001 where the bot isn't or can't see it; 50013 for what it lacks.
 */
export function requirePermission(state: State, channelId: string, ...needed: readonly bigint[]): void {
  if (channelId === DM_CHANNEL_ID) return;
  if (channelId === GROUP_CHANNEL_ID || channelId === FOREIGN_CHANNEL_ID) throw problems.missingAccess();
  if (!CHANNELS.some(({ id }) => id === channelId)) throw problems.unknownChannel();
  if (channelId === CLOSED_CHANNEL_ID || (state.denied & PermissionFlagsBits.ViewChannel) !== 0n)
    throw problems.missingAccess();
  if (needed.some((permission) => (state.denied & permission) !== 0n)) throw problems.missingPermissions();
}

/** A message as Discord shows it to the bot: direct messages and its own in any case, others if it `mayRead` what people write. */
export function shownToBot(message: APIMessage, mayRead: boolean): APIMessage {
  if (mayRead || message.channel_id === DM_CHANNEL_ID || message.author.id === BOT_USER.id) return message;
  return { ...message, content: "", embeds: [], attachments: [], components: [] };
}
