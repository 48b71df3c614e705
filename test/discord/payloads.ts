/** What things look like on Discord's wire: users, the one guild, its channels, messages. */

import {
  type APIDMChannel,
  type APIGuildCategoryChannel,
  type APIGuildMember,
  type APIGuildVoiceChannel,
  type APIRole,
  type APITextChannel,
  type APIUser,
  type APIVoiceState,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMemberFlags,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildSystemChannelFlags,
  GuildVerificationLevel,
  Locale,
  OverwriteType,
  PermissionFlagsBits,
  RoleFlags,
  VideoQualityMode,
} from "discord-api-types/v10";

/** The application, which is also its bot's user id. */
export const APPLICATION_ID = "100000000000000001";
/** The one guild. */
export const GUILD_ID = "200000000000000002";
/** The text channel of the guild in which everything takes place. */
export const CHANNEL_ID = "300000000000000003";
/** The direct messages between a user and the bot. */
export const DM_CHANNEL_ID = "300000000000000004";
/** A text channel of the guild that the bot can't see. */
export const CLOSED_CHANNEL_ID = "300000000000000007";
/** A heading over the guild's channels. */
export const CATEGORY_ID = "300000000000000008";
/** A role of the guild that people can be named by. */
export const ROLE_ID = "500000000000000006";
/** The guild's voice channels. */
export const VOICE_CHANNEL_ID = "300000000000000009";
export const OTHER_VOICE_CHANNEL_ID = "300000000000000010";
/** The guild's owner, who never says anything. */
const OWNER_ID = "400000000000000005";
/** Every permission there is, as Discord writes it. */
export const ALL_PERMISSIONS = "2251799813685247";
const JOINED_AT = "2026-01-01T00:00:00.000000+00:00";

/** A user as Discord describes it. */
export function userPayload(id: string, username: string, bot = false): APIUser {
  return { id, username, discriminator: "0", global_name: username, avatar: null, bot };
}

/** The bot's own user. */
export const BOT_USER = userPayload(APPLICATION_ID, "Timbre", true);

/** A user as a member of the guild. */
export function memberPayload(user: APIUser): APIGuildMember & { user: APIUser } {
  return {
    user,
    nick: null,
    avatar: null,
    roles: [],
    joined_at: JOINED_AT,
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
  };
}

/** Discord's type has no name for "none". */
const NO_FLAGS: RoleFlags = RoleFlags.InPrompt ^ RoleFlags.InPrompt;

/** Everything but the permission to do everything everywhere, whatever a channel says. */
export const NO_ADMINISTRATOR = String(BigInt(ALL_PERMISSIONS) & ~PermissionFlagsBits.Administrator);

function rolePayload(id: string, name: string, position: number): APIRole {
  return {
    id,
    name,
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    permissions: NO_ADMINISTRATOR,
    flags: NO_FLAGS,
  };
}

/** The guild's roles: everyone's, and one that nobody has. */
export const ROLES: readonly APIRole[] = [
  rolePayload(GUILD_ID, "@everyone", 0),
  rolePayload(ROLE_ID, "Choirmasters", 1),
];

/** The guild's text channel. */
export const TEXT_CHANNEL: APITextChannel = {
  id: CHANNEL_ID,
  type: ChannelType.GuildText,
  name: "general",
  guild_id: GUILD_ID,
  position: 0,
  permission_overwrites: [],
};

/** A text channel that is closed to everybody without a say over it, also to the bot. */
const CLOSED_CHANNEL: APITextChannel = {
  id: CLOSED_CHANNEL_ID,
  type: ChannelType.GuildText,
  name: "committee",
  guild_id: GUILD_ID,
  position: 1,
  permission_overwrites: [
    { id: GUILD_ID, type: OverwriteType.Role, allow: "0", deny: String(PermissionFlagsBits.ViewChannel) },
  ],
};

/** A heading over channels, in which nobody writes. */
const CATEGORY: APIGuildCategoryChannel = {
  id: CATEGORY_ID,
  type: ChannelType.GuildCategory,
  name: "Rehearsals",
  guild_id: GUILD_ID,
  position: 2,
  permission_overwrites: [],
};

function voiceChannel(id: string, name: string, position: number): APIGuildVoiceChannel {
  return {
    id,
    type: ChannelType.GuildVoice,
    name,
    guild_id: GUILD_ID,
    position,
    permission_overwrites: [],
    bitrate: 64_000,
    user_limit: 0,
    rtc_region: null,
    video_quality_mode: VideoQualityMode.Auto,
  };
}

/** The guild's channels; people write beside voice channels, too. */
export const CHANNELS: readonly (APITextChannel | APIGuildCategoryChannel | APIGuildVoiceChannel)[] = [
  TEXT_CHANNEL,
  CLOSED_CHANNEL,
  CATEGORY,
  voiceChannel(VOICE_CHANNEL_ID, "Stage door", 3),
  voiceChannel(OTHER_VOICE_CHANNEL_ID, "Rehearsal", 4),
];

/** The direct messages with one user. */
export function dmChannel(user: APIUser): APIDMChannel {
  return { id: DM_CHANNEL_ID, type: ChannelType.DM, name: null, recipients: [user], last_message_id: null };
}

/** The guild as the gateway announces it. */
export function guildPayload(
  voiceStates: readonly APIVoiceState[],
  bot: APIGuildMember & { user: APIUser },
): GatewayGuildCreateDispatchData {
  return {
    id: GUILD_ID,
    name: "Choir",
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: OWNER_ID,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: GuildVerificationLevel.None,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    roles: [...ROLES],
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: GuildMFALevel.None,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: GuildSystemChannelFlags.SuppressJoinNotifications,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: GuildPremiumTier.None,
    preferred_locale: Locale.EnglishUS,
    public_updates_channel_id: null,
    nsfw_level: GuildNSFWLevel.Default,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
    hub_type: null,
    incidents_data: null,
    joined_at: JOINED_AT,
    large: false,
    unavailable: false,
    member_count: 2,
    members: [bot],
    channels: [...CHANNELS],
    threads: [],
    voice_states: [...voiceStates],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
