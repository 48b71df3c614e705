/** What Discord says about servers, their channels and members, asked as the bot. */

import { DiscordAPIError } from "@discordjs/rest";
import { ChannelType, Routes } from "discord-api-types/v10";
import { z } from "zod";
import { discordRest, type RestSettings } from "../../discord-rest.ts";
import { UserError } from "../../errors.ts";
import { cached } from "./cached.ts";

const role = z.object({ id: z.string(), name: z.string(), permissions: z.string() });
const guild = z.object({ id: z.string(), name: z.string(), owner_id: z.string(), roles: z.array(role) });
const overwrite = z.object({ id: z.string(), allow: z.string(), deny: z.string() });
const channel = z.object({
  id: z.string(),
  name: z.string().nullish(),
  type: z.number(),
  permission_overwrites: z.array(overwrite).default([]),
});
const member = z.object({
  user: z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() }),
  nick: z.string().nullish(),
  roles: z.array(z.string()),
  communication_disabled_until: z.string().nullish(),
});
const guilds = z.array(z.object({ id: z.string(), name: z.string() }));

/** A server. */
export type DirectoryGuild = z.infer<typeof guild>;
/** A channel of a server. */
export type DirectoryChannel = z.infer<typeof channel>;
/** A member of a server. */
export type DirectoryMember = z.infer<typeof member>;

/** Answers are a few minutes old at most. @throws UserError `busy` where Discord doesn't answer for long. */
export interface Directory {
  /** Undefined where the bot isn't. */
  guild(guildId: string): Promise<DirectoryGuild | undefined>;
  /** The channels of a server; none where the bot isn't. */
  channels(guildId: string): Promise<readonly DirectoryChannel[]>;
  /** Undefined for who isn't there. */
  member(guildId: string, userId: string): Promise<DirectoryMember | undefined>;
  /** Every server that the bot is in. */
  guilds(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** The bot's own user id. */
  self(): Promise<string>;
}

/** Who loses a permission loses the pages within these minutes. */
const FRESH_MS = 5 * 60_000;
/** While Discord is away, moderators go on with what they may; not for ever. */
const STALE_MS = 60 * 60_000;
/** Discord's most for one page of servers. */
const PAGE = 200;
/** Kinds of channels in which people write or speak. */
export const TALKED_IN = new Map<number, "text" | "voice" | "thread">([
  [ChannelType.GuildText, "text"],
  [ChannelType.GuildAnnouncement, "text"],
  [ChannelType.GuildVoice, "voice"],
  [ChannelType.GuildStageVoice, "voice"],
  [ChannelType.PublicThread, "thread"],
  [ChannelType.PrivateThread, "thread"],
]);

/** Asks Discord's REST `api` as the bot of `token`. */
export function discordDirectory(
  api: string,
  token: string,
  now: () => number = Date.now,
  settings: RestSettings = {},
): Directory {
  const rest = discordRest(api, token, settings);
  const times = { freshMs: FRESH_MS, staleMs: STALE_MS, now };
  const ask = async <T>(schema: z.ZodType<T>, route: `/${string}`, query = ""): Promise<T | undefined> => {
    try {
      return schema.parse(await rest.get(route, { query: new URLSearchParams(query) }));
    } catch (error) {
      if (error instanceof DiscordAPIError && (error.status === 404 || error.status === 403)) return undefined;
      throw new UserError("busy", {}, { cause: error });
    }
  };
  const guildOf = cached((id) => ask(guild, Routes.guild(id)), times);
  const channelsOf = cached((id) => ask(z.array(channel), Routes.guildChannels(id)), times);
  const memberOf = cached(async (key) => {
    const [guildId = "", userId = ""] = key.split("/");
    return ask(member, Routes.guildMember(guildId, userId));
  }, times);
  const selfOf = cached(async () => {
    const me = await ask(z.object({ id: z.string() }), Routes.user("@me"));
    if (!me) throw new UserError("busy");
    return me.id;
  }, times);
  const all = cached(async () => {
    const found: z.infer<typeof guilds> = [];
    for (let page: typeof found | undefined; !page || page.length === PAGE; ) {
      const after = found[found.length - 1]?.id ?? "0";
      page = (await ask(guilds, Routes.userGuilds(), `limit=${PAGE}&after=${after}`)) ?? [];
      found.push(...page);
    }
    return found;
  }, times);
  return {
    guild: guildOf,
    channels: async (guildId) => (await channelsOf(guildId)) ?? [],
    member: (guildId, userId) => memberOf(`${guildId}/${userId}`),
    guilds: () => all(""),
    self: () => selfOf(""),
  };
}

/** How a member is called in their server. */
export function memberName({ nick, user }: DirectoryMember): string {
  return nick ?? user.global_name ?? user.username;
}
