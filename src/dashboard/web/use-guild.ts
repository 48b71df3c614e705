/** Names of a server's channels, people and roles. */

import { useCallback } from "preact/hooks";
import { addressOf } from "../api/endpoint.ts";
import type { GuildResource } from "../api/guilds.ts";
import { API } from "../api/index.ts";
import { useVoice } from "./language.ts";
import { useResource } from "./use-resource.ts";

/** A server's names. */
export interface GuildNames {
  readonly guild: GuildResource | undefined;
  /** A channel's name; its id while names aren't known, or that it is gone. */
  channelName(id: string | null): string;
}

/** Asks for a server's channels and roles. */
export function useGuild(guildId: string): GuildNames {
  const t = useVoice();
  const { value: guild } = useResource(API.guild, addressOf(API.guild, { guildId }));
  const channelName = useCallback(
    (id: string | null) => {
      if (id === null) return t("page.channel-none");
      const channel = guild?.channels.find((each) => each.id === id);
      if (channel) return channel.kind === "voice" ? channel.name : `#${channel.name}`;
      return guild ? t("page.channel-gone") : "…";
    },
    [guild, t],
  );
  return { guild, channelName };
}
