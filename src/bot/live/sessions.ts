/** All live sessions of one bot. */

import { randomUUID } from "node:crypto";
import { type Client, Events, type Guild, type VoiceBasedChannel, type VoiceState } from "discord.js";
import { UserError } from "../../errors.ts";
import { translator } from "../../i18n/index.ts";
import type { Store, LiveSession as StoredSession } from "../../store/index.ts";
import { loggable } from "../loggable.ts";
import { farewell } from "../voice/farewell.ts";
import { DEPARTURE_RULES, type DepartureRules } from "./departure.ts";
import { unmark } from "./mark.ts";
import { readoutOver } from "./readout-message.ts";
import { LiveSession } from "./session.ts";
import type { SessionSurroundings } from "./session-parts.ts";

/** What the sessions need. */
export interface LiveSessionsParts extends SessionSurroundings {
  readonly store: Pick<Store, "live" | "utterances" | "consents" | "changes" | "guilds">;
  /** When sessions end by themselves; the defaults are what production uses. */
  readonly rules?: Partial<DepartureRules> | undefined;
}

/** How somebody wants a session. */
export interface Wish {
  readonly startedBy: string;
  readonly halfLifeMs: number;
  /** Undefined: as long as sessions last. */
  readonly longestMs: number | undefined;
}

/** A bot that lives gives a sign of it every ten seconds; after so long (ms) without one it is dead. */
const SILENT_MS = 60_000;

/** The sessions. A server has one at most, as a bot can be in one voice channel of it. */
export class LiveSessions {
  readonly #parts: LiveSessionsParts;
  readonly #byGuild = new Map<string, LiveSession>();
  #stopListening = async () => {};
  #isClosing = false;

  constructor(parts: LiveSessionsParts) {
    this.#parts = parts;
  }

  /** Follows what happens, from now on. @throws Error when the database can't be reached. */
  async open(client: Client): Promise<void> {
    this.#stopListening = await this.#parts.store.changes.listen((change) => {
      const session = this.of(change.guildId);
      if (session && "sessionId" in change && change.sessionId === session.id) session.onChange(change);
    });
    client.on(Events.VoiceStateUpdate, (before, after) => this.#placed(before, after));
  }

  /** Ends what a dead bot left in these guilds: sessions, and the marks on its name. */
  async tidyUp(client: Client<true>): Promise<void> {
    const { live } = this.#parts.store;
    for (const left of await live.running()) {
      const guild = client.guilds.cache.get(left.guildId);
      if (!guild || this.of(guild.id)?.id === left.id) continue;
      await live.end(left.id, "lost");
      await this.#sayLost(guild, left).catch((error: unknown) => {
        this.#parts.logger.warn({ err: loggable(error) }, "channel couldn't be told of a lost session");
      });
    }
    for (const guild of client.guilds.cache.values()) {
      if (!this.of(guild.id)) await unmark(guild, this.#parts.logger);
    }
  }

  /** A server's session. */
  of(guildId: string): LiveSession | undefined {
    return this.#byGuild.get(guildId);
  }

  /** The session of this id. */
  find(sessionId: string): LiveSession | undefined {
    return this.#byGuild.values().find(({ id }) => id === sessionId);
  }

  /**
   * Begins a session.
   * @throws UserError `live-running` where there is one; `voice-unreachable`, `voice-closed`; `busy` while the bot stops.
   */
  async start(channel: VoiceBasedChannel, { startedBy, halfLifeMs, longestMs }: Wish): Promise<LiveSession> {
    if (this.#isClosing) throw new UserError("busy");
    const { store, logger, rules } = this.#parts;
    const { guild } = channel;
    const running = this.of(guild.id);
    if (running) throw new UserError("live-running", { channel: `<#${running.channelId}>` });
    const id = randomUUID();
    const { language } = await store.guilds.settings(guild.id);
    await this.#claim({ id, guildId: guild.id, channelId: channel.id, textChannelId: channel.id, startedBy });
    const session = new LiveSession({
      ...this.#parts,
      ...{ id, channel, startedBy, halfLifeMs },
      logger: logger.child({ session: id }),
      rules: { ...DEPARTURE_RULES, ...rules, ...(longestMs === undefined ? {} : { longestMs }) },
      t: translator(language ?? guild.preferredLocale),
      onOver: () => this.#byGuild.delete(guild.id),
    });
    this.#byGuild.set(guild.id, session);
    try {
      await session.begin();
    } catch (error) {
      await session.end("unreachable");
      throw error;
    }
    return session;
  }

  /** Ends all sessions with a word. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(this.#byGuild.values().map((session) => session.end("shutdown")));
    await this.#stopListening();
  }

  /** Makes a session the server's one. @throws UserError `live-running` where there is one whose bot lives. */
  async #claim(session: Parameters<Store["live"]["start"]>[0]): Promise<void> {
    const { live } = this.#parts.store;
    if (await live.start(session)) return;
    const [other] = await live.running(session.guildId);
    const silent = await live.silentSince(new Date(Date.now() - SILENT_MS));
    if (silent.some(({ id }) => id === other?.id)) await live.end(other?.id ?? "", "lost");
    if (await live.start(session)) return;
    throw new UserError("live-running", { channel: `<#${other?.channelId ?? session.channelId}>` });
  }

  #placed(before: VoiceState, { id, guild, channelId, member }: VoiceState): void {
    const session = this.of(guild.id);
    if (!session || before.channelId === channelId) return;
    session.place(id, channelId === session.channelId, member?.user.bot ?? false);
  }

  async #sayLost(guild: Guild, { textChannelId, messageId }: StoredSession): Promise<void> {
    const channel = guild.channels.cache.get(textChannelId);
    if (!channel?.isVoiceBased()) return;
    const { language } = await this.#parts.store.guilds.settings(guild.id);
    const t = translator(language ?? guild.preferredLocale);
    const ended = messageId === null ? undefined : channel.messages.edit(messageId, readoutOver(channel.name, t));
    // It may have been deleted meanwhile.
    await ended?.catch(() => undefined);
    await channel.send(farewell("lost", t));
  }
}
