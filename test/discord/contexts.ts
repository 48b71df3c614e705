/** Where and how somebody speaks to the bot, as interactions tell of it. */

import { type APIUser, ApplicationIntegrationType, InteractionContextType, Locale } from "discord-api-types/v10";
import {
  ALL_PERMISSIONS,
  APPLICATION_ID,
  CHANNEL_ID,
  DM_CHANNEL_ID,
  dmChannel,
  GUILD_ID,
  memberPayload,
  TEXT_CHANNEL,
} from "./payloads.ts";

/** Largest attachment without a subscription, in bytes. */
const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** Where and in which language somebody speaks. */
export interface Manner {
  /** Discord's locale, e.g. `de` or `en-GB`. Default `en-US`. */
  readonly locale?: string | undefined;
  /** In the direct messages with the bot rather than in the guild. */
  readonly dm?: boolean | undefined;
  /** What the person may do in the guild, as Discord writes it. Default: everything. */
  readonly permissions?: string | undefined;
  /** Whether the guild lets the person use commands that their permissions don't reach to (in its integration settings). */
  readonly isLetIn?: boolean | undefined;
}

/** How somebody speaks who can't choose where: the message is where it is. */
export type MannerThere = Omit<Manner, "dm">;

/** The channel in which somebody speaks. */
export function channelOf({ dm = false }: Pick<Manner, "dm">): string {
  return dm ? DM_CHANNEL_ID : CHANNEL_ID;
}

/** What every interaction says, whatever it is about. */
export function contextPayload(user: APIUser, manner: Manner) {
  return {
    ...(manner.dm ? inDirectMessages(user) : inGuild(user, manner.permissions)),
    locale: localeOf(manner.locale),
    version: 1 as const,
    application_id: APPLICATION_ID,
    app_permissions: ALL_PERMISSIONS,
    entitlements: [],
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
  };
}

function inGuild(user: APIUser, permissions = ALL_PERMISSIONS) {
  return {
    guild_id: GUILD_ID,
    guild: { id: GUILD_ID, features: [], locale: Locale.EnglishUS },
    guild_locale: Locale.EnglishUS,
    channel: TEXT_CHANNEL,
    channel_id: CHANNEL_ID,
    member: { ...memberPayload(user), permissions },
    context: InteractionContextType.Guild,
    authorizing_integration_owners: { [ApplicationIntegrationType.GuildInstall]: GUILD_ID },
  };
}

function inDirectMessages(user: APIUser) {
  return {
    channel: dmChannel(user),
    channel_id: DM_CHANNEL_ID,
    user,
    context: InteractionContextType.BotDM,
    // "0" says: in the direct messages with the bot itself.
    authorizing_integration_owners: {
      [ApplicationIntegrationType.GuildInstall]: "0",
      [ApplicationIntegrationType.UserInstall]: user.id,
    },
  };
}

function localeOf(code: string | undefined): Locale {
  const locale = Object.values(Locale).find((each) => each === (code ?? Locale.EnglishUS));
  if (locale === undefined) throw new Error(`Discord has no locale ${code}.`);
  return locale;
}
