/** Who is in which voice channel, and which voice server has its call: the main gateway's part of voice. */

import { randomBytes, randomUUID } from "node:crypto";
import {
  type APIUser,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayVoiceState,
} from "discord-api-types/v10";
import type { Clock } from "../clock.ts";
import type { Event, Gateway } from "../gateway.ts";
import { Journal } from "../journal.ts";
import { APPLICATION_ID, GUILD_ID } from "../payloads.ts";
import { type Certificate, makeCertificate } from "./certificate.ts";
import type { LinkQuality } from "./link.ts";
import { type VoiceAction, VoiceServer, type VoiceSettings } from "./voice-server.ts";
import type { Credentials } from "./voice-session.ts";

/** What somebody asks for: a channel, or none to leave. */
export interface VoiceWish {
  readonly channelId: string | null;
  readonly selfDeaf?: boolean;
  readonly selfMute?: boolean;
}

/** Where to go, and with which credentials: what `VOICE_SERVER_UPDATE` says. */
export interface Invitation extends Credentials {
  readonly channelId: string;
  /** Host and port. */
  readonly endpoint: string;
}

interface Presence {
  readonly user: APIUser;
  readonly sessionId: string;
  readonly token: string;
  readonly wish: VoiceWish & { readonly channelId: string };
}

/** All calls. */
export class Calls {
  /** What clients did at voice gateways, in order. */
  readonly actions = new Journal<VoiceAction>();
  /** What every voice server shows. */
  readonly certificate: Certificate;
  readonly #clock: Clock;
  readonly #settings: VoiceSettings;
  readonly #gateway: Gateway;
  readonly #servers = new Map<string, Promise<VoiceServer>>();
  readonly #presences = new Map<string, Presence>();
  readonly #passed = new Map<string, number>();
  readonly #qualities = new Map<string, LinkQuality>();
  readonly #guests = new Map<string, (invitation: Invitation | undefined) => void>();

  constructor(clock: Clock, settings: VoiceSettings, gateway: Gateway) {
    this.#clock = clock;
    this.#settings = settings;
    this.#gateway = gateway;
    // Certificates are checked against the computer's time, whatever the test's clock says.
    this.certificate = makeCertificate(Date.now());
  }

  /** Tells a client that isn't the bot where to go; `undefined` is out. */
  onInvitation(userId: string, tell: (invitation: Invitation | undefined) => void): void {
    this.#guests.set(userId, tell);
  }

  /** Everybody's state, as `GUILD_CREATE` has it. */
  states(): Omit<GatewayVoiceState, "guild_id">[] {
    return [...this.#presences.values()].map(({ user, sessionId, wish }) => this.#stateOf(user, sessionId, wish));
  }

  /** Somebody joins, moves, leaves, or (un)mutes. */
  async update(user: APIUser, wish: VoiceWish): Promise<void> {
    const before = this.#presences.get(user.id);
    const { channelId } = wish;
    const sessionId = before?.sessionId ?? randomUUID();
    if (channelId === null) this.#presences.delete(user.id);
    else {
      const token = before?.wish.channelId === channelId ? before.token : randomBytes(8).toString("hex");
      this.#presences.set(user.id, { user, sessionId, token, wish: { ...wish, channelId } });
    }
    this.#gateway.dispatch(
      {
        op: GatewayOpcodes.Dispatch,
        t: GatewayDispatchEvents.VoiceStateUpdate,
        d: { guild_id: GUILD_ID, ...this.#stateOf(user, sessionId, wish) },
      },
      { guildId: GUILD_ID, intent: GatewayIntentBits.GuildVoiceStates },
    );
    if (channelId !== null) await this.#invite(user.id);
  }

  /** A moderator throws somebody out. */
  async disconnect(user: APIUser): Promise<void> {
    const channelId = this.#presences.get(user.id)?.wish.channelId;
    if (channelId === undefined) return;
    await this.update(user, { channelId: null });
    (await this.server(channelId)).drop(user.id, 4014);
    this.#guests.get(user.id)?.(undefined);
  }

  /** The call goes to another voice server: everybody is told, and the old one closes. */
  async moveServer(channelId: string): Promise<void> {
    const old = await this.server(channelId);
    this.#servers.set(channelId, this.#start(channelId));
    const present = [...this.#presences.values()].filter(({ wish }) => wish.channelId === channelId);
    (await this.server(channelId)).expect(present.map(({ user }) => user.id));
    await Promise.all(present.map(({ user }) => this.#invite(user.id)));
    await old.close();
  }

  /** How many packets of somebody, without silence, any server sent on the way to the bot. */
  passedToBot(userId: string): number {
    return this.#passed.get(userId) ?? 0;
  }

  /** How good the way to somebody is from now on, whichever server has their call. */
  async disturb(userId: string, quality: LinkQuality): Promise<void> {
    this.#qualities.set(userId, quality);
    for (const server of await Promise.all(this.#servers.values())) server.disturb();
  }

  /** The server that has a channel's call; it starts with the first who comes. */
  server(channelId: string): Promise<VoiceServer> {
    const server = this.#servers.get(channelId) ?? this.#start(channelId);
    this.#servers.set(channelId, server);
    return server;
  }

  /** Ends all calls. */
  async close(): Promise<void> {
    const servers = await Promise.all(this.#servers.values());
    this.#servers.clear();
    await Promise.all(servers.map((server) => server.close()));
  }

  #start(channelId: string): Promise<VoiceServer> {
    return VoiceServer.start({
      ...this.#settings,
      guildId: GUILD_ID,
      channelId,
      clock: this.#clock,
      certificate: this.certificate,
      actions: this.actions,
      qualityFor: (userId) => this.#qualities.get(userId) ?? {},
      onPassed: (from, to) => {
        if (to === APPLICATION_ID) this.#passed.set(from, this.passedToBot(from) + 1);
      },
      isDeaf: (userId) => this.#presences.get(userId)?.wish.selfDeaf ?? false,
      isExpected: ({ userId, sessionId, token }) => {
        const presence = this.#presences.get(userId);
        return presence?.sessionId === sessionId && presence.token === token && presence.wish.channelId === channelId;
      },
    });
  }

  async #invite(userId: string): Promise<void> {
    const presence = this.#presences.get(userId);
    if (presence === undefined) return;
    const { channelId } = presence.wish;
    const { endpoint } = await this.server(channelId);
    const { sessionId, token } = presence;
    if (userId !== APPLICATION_ID) {
      this.#guests.get(userId)?.({ userId, sessionId, token, channelId, endpoint });
      return;
    }
    const event: Event = {
      op: GatewayOpcodes.Dispatch,
      t: GatewayDispatchEvents.VoiceServerUpdate,
      d: { guild_id: GUILD_ID, token, endpoint },
    };
    this.#gateway.dispatch(event, { guildId: GUILD_ID });
  }

  #stateOf(user: APIUser, sessionId: string, wish: VoiceWish): Omit<GatewayVoiceState, "guild_id"> {
    return {
      user_id: user.id,
      channel_id: wish.channelId,
      member: this.#gateway.member(user),
      session_id: sessionId,
      deaf: false,
      mute: false,
      self_deaf: wish.selfDeaf ?? false,
      self_mute: wish.selfMute ?? false,
      self_video: false,
      suppress: false,
      request_to_speak_timestamp: null,
    };
  }
}
