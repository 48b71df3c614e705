/** Where and how somebody speaks to the bot, as interactions tell of it. */

import { type APIUser, ChannelType, Locale } from "discord-api-types/v10";
import {
  ALL_PERMISSIONS,
  APPLICATION_ID,
  CHANNEL_ID,
  CHANNELS,
  DM_CHANNEL_ID,
  dmChannel,
  GUILD_ID,
  memberPayload,
  NO_ADMINISTRATOR,
} from "./payloads.ts";
import { contextOf, FOREIGN_CHANNEL_ID, FOREIGN_GUILD_ID, GROUP_CHANNEL_ID, ownersIn, placeOf } from "./places.ts";

/** Largest attachment without a subscription, in bytes. */
const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** Where and in which language somebody speaks. */
export interface Manner {
  /** Discord's locale, e.g. `de` or `en-GB`. Default `en-US`. */
  readonly locale?: string | undefined;
  /** In the direct messages with the bot rather than in the guild. */
  readonly dm?: boolean | undefined;
  /** Or in any other channel. */
  readonly channelId?: string | undefined;
  /** What the person may do in the guild, as Discord writes it. Default: everything. */
  readonly permissions?: string | undefined;
  /** Whether the guild lets the person use commands that their permissions don't reach to (in its integration settings). */
  readonly isLetIn?: boolean | undefined;
}

/** How somebody speaks who can't choose where: the message is where it is. */
export type MannerThere = Omit<Manner, "dm" | "channelId">;

/** The channel in which somebody speaks. */
export function channelOf({ dm = false, channelId }: Pick<Manner, "dm" | "channelId">): string {
  return channelId ?? (dm ? DM_CHANNEL_ID : CHANNEL_ID);
}

/** What every interaction says, whatever it is about. */
export function contextPayload(user: APIUser, manner: Manner, denied: bigint) {
  const channelId = channelOf(manner);
  const place = placeOf(channelId);
  return {
    ...(place === "guild" || place === "foreign"
      ? inGuild(user, channelId, manner.permissions)
      : { user, channel: place === "dm" ? dmChannel(user) : groupChannel(user) }),
    channel_id: channelId,
    context: contextOf(place),
    authorizing_integration_owners: ownersIn(place, user.id),
    locale: localeOf(manner.locale),
    version: 1 as const,
    application_id: APPLICATION_ID,
    app_permissions: String(BigInt(NO_ADMINISTRATOR) & ~denied),
    entitlements: [],
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
  };
}

function inGuild(user: APIUser, channelId: string, permissions = ALL_PERMISSIONS) {
  const guildId = channelId === FOREIGN_CHANNEL_ID ? FOREIGN_GUILD_ID : GUILD_ID;
  const channel = CHANNELS.find(({ id }) => id === channelId);
  return {
    guild_id: guildId,
    guild: { id: guildId, features: [], locale: Locale.EnglishUS },
    guild_locale: Locale.EnglishUS,
    channel: channel ?? { id: channelId, type: ChannelType.GuildText as const, name: "elsewhere", guild_id: guildId },
    member: { ...memberPayload(user), permissions },
  };
}

/** Discord doesn't tell who else is in a group. */
function groupChannel(user: APIUser) {
  return {
    id: GROUP_CHANNEL_ID,
    type: ChannelType.GroupDM as const,
    name: "Friends",
    owner_id: user.id,
    icon: null,
    last_message_id: null,
  };
}

function localeOf(code: string | undefined): Locale {
  const locale = Object.values(Locale).find((each) => each === (code ?? Locale.EnglishUS));
  if (locale === undefined) throw new Error(`Discord has no locale ${code}.`);
  return locale;
}
