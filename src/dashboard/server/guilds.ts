/** A server's names, settings and audit log. */

import { PermissionFlagsBits } from "discord-api-types/v10";
import { UserError } from "../../errors.ts";
import { guildSettings } from "../../store/index.ts";
import type { SettingsChange, SettingsResource } from "../api/guilds.ts";
import { API } from "../api/index.ts";
import { type Directory, memberName, TALKED_IN } from "./directory.ts";
import type { DashboardParts } from "./parts.ts";
import { permissionsAt, permissionsIn } from "./permissions.ts";
import { type Call, read, type Serve } from "./serve.ts";

/** Channels of one server that are read by themselves at most; as in `/settings`. */
const MAX_AUTOMATIC = 25;
const { ViewChannel, ReadMessageHistory, SendMessages, AddReactions } = PermissionFlagsBits;

/** Adds the endpoints. */
export function addGuilds(serve: Serve, parts: DashboardParts): void {
  const { store, directory } = parts;
  serve("guild", async ({ guildId, use: { guild, mayManage } }) => {
    const channels = ((await directory?.channels(guildId)) ?? []).flatMap(({ id, name, type }) => {
      const kind = TALKED_IN.get(type);
      return kind ? [{ id, name: name ?? id, kind }] : [];
    });
    const roles = guild.roles.filter(({ id }) => id !== guild.id).map(({ id, name }) => ({ id, name }));
    return { id: guild.id, name: guild.name, mayManage, channels, roles };
  });
  serve("settings", async ({ guildId }) => settingsOf(await store.guilds.settings(guildId)));
  serve("changeSettings", async (call) => {
    const wanted = read(API.changeSettings.body, call.request.body);
    await requireSense(parts, call, wanted);
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    return settingsOf(
      await store.guilds.change(call.guildId, call.who.actorId, (before) =>
        guildSettings.parse({ ...before, ...given }),
      ),
    );
  });
  serve("audit", async ({ request, guildId }) => {
    const { kind, after, limit } = read(API.audit.query, request.query);
    const entries = await store.audit.page(guildId, { kind, after, limit });
    const names = await namesOf(
      directory,
      guildId,
      entries.map(({ actorId }) => actorId),
    );
    return {
      entries: entries.map(({ id, kind: what, actorId, action, from, to, at }) => ({
        ...{ id, kind: what, actorId, actorName: names.get(actorId) ?? null, action },
        ...{ before: from, after: to, at: at.toISOString() },
      })),
      next: entries.length === limit ? (entries[entries.length - 1]?.id ?? null) : null,
    };
  });
}

/** How people are called in a server; whoever left it has no name. */
export async function namesOf(directory: Directory | undefined, guildId: string, userIds: readonly string[]) {
  const ids = [...new Set(userIds)].filter((id) => /^\d+$/.test(id));
  const members = await Promise.all(ids.map((id) => directory?.member(guildId, id)));
  return new Map(
    members.flatMap((member): [string, string][] => (member ? [[member.user.id, memberName(member)]] : [])),
  );
}

/** The shape of the API's settings is the store's; said once more, so that it can be parsed. */
function settingsOf(settings: unknown): SettingsResource {
  return API.settings.answer.parse(settings);
}

/** @throws UserError for what `/settings` wouldn't take either. */
async function requireSense(parts: DashboardParts, call: Call, wanted: SettingsChange): Promise<void> {
  const { automatic = [], alertChannelId } = wanted;
  if (new Set(automatic.map(({ channelId }) => channelId)).size > MAX_AUTOMATIC)
    throw new UserError("too-many-channels", { limit: MAX_AUTOMATIC });
  const before = await parts.store.guilds.settings(call.guildId);
  for (const { channelId, answer } of automatic) {
    // What is set already may stay, whatever has become of the channel.
    if (before.automatic.some((each) => each.channelId === channelId && each.answer === answer)) continue;
    const needed = ViewChannel | ReadMessageHistory | (answer === "reply" ? SendMessages : AddReactions);
    await requireAccess(parts, call, channelId, needed);
  }
  if (alertChannelId && alertChannelId !== before.alertChannelId)
    await requireAccess(parts, call, alertChannelId, ViewChannel | SendMessages);
}

/** @throws UserError `channel-closed` when the bot lacks one of the permissions. */
async function requireAccess({ directory, now }: DashboardParts, call: Call, channelId: string, needed: bigint) {
  const { guildId, use } = call;
  const channel = (await directory?.channels(guildId))?.find(({ id }) => id === channelId);
  const bot = directory && (await directory.member(guildId, await directory.self()));
  const bits =
    channel && bot ? permissionsAt(permissionsIn(use.guild, bot, now().getTime()), use.guild, bot, channel) : 0n;
  if ((bits & needed) !== needed) throw new UserError("channel-closed", { channel: channel?.name ?? channelId });
}
