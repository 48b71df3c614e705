/** Discord's gateway, version 10, over plain WebSockets. */

import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import {
  type APIGuildMember,
  type APIMessage,
  type APIUser,
  type APIVoiceState,
  ApplicationFlags,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  GatewayIntentBits,
  GatewayOpcodes,
  GatewayVersion,
} from "discord-api-types/v10";
import { type WebSocket, WebSocketServer } from "ws";
import { type Identification, type Incoming, parse } from "./gateway-messages.ts";
import { Journal } from "./journal.ts";
import { APPLICATION_ID, BOT_USER, GUILD_ID, guildPayload, memberPayload } from "./payloads.ts";
import { placeOf, shownToBot } from "./places.ts";
import type { State } from "./state.ts";
import type { VoiceWish } from "./voice/calls.ts";

/** How often a bot must send a heartbeat; Discord's own figure. */
const HEARTBEAT_INTERVAL_MS = 41_250;

/** Shards of one concurrency group log in so far apart. */
const LOGIN_EVERY_MS = 5000;

/** An event without its sequence number. */
export type Event = GatewayDispatchPayload extends infer P ? (P extends { s: number } ? Omit<P, "s"> : never) : never;

interface Session {
  readonly id: string;
  /** What the bot wants to be told of. */
  readonly intents: number;
  /** Its shard, and of how many. */
  readonly shard: readonly [number, number];
  /** Every event since the session began; an event's sequence number is its position, counted from 1. */
  readonly events: string[];
  socket: WebSocket | undefined;
}

/** What bots did at the gateway. */
export type GatewayAction = "identified" | "resumed" | "refused";
/** How a connection is dropped: the wire is cut, the bot is asked to reconnect, or its session is over. */
export type Drop = "cut" | "reconnect" | "invalidate";

/** The gateway: sessions that survive their connections. */
export class Gateway {
  /** Logins and resumptions, in order. */
  readonly actions = new Journal<GatewayAction>();
  readonly #state: State;
  readonly #sockets: WebSocketServer;
  readonly #url: string;
  readonly #heartbeatMs: number;
  readonly #sessions = new Map<string, Session>();
  /** Hears of what a bot wants in voice channels. */
  onVoiceWish: (wish: VoiceWish) => void = () => {};
  /** Who is in voice channels. */
  voiceStates: () => APIVoiceState[] = () => [];

  /** When a shard of each concurrency group may log in again, by the clock. */
  readonly #loginFreeMs = new Map<number, number>();

  /** @param url the gateway's own address */
  constructor(state: State, server: Server, url: string, heartbeatMs = HEARTBEAT_INTERVAL_MS) {
    this.#state = state;
    this.#url = url;
    this.#heartbeatMs = heartbeatMs;
    this.#sockets = new WebSocketServer({ server });
    this.#sockets.on("connection", (socket, request) => this.#welcome(socket, request));
  }

  /** Whether a bot is logged in, even if its connection is being mended. */
  get isReady(): boolean {
    return this.#sessions.size > 0;
  }

  /**
   * Sends an event to every session of the guild's shard, or, without a guild, of the first, if it has the intent;
   * one that is disconnected gets it when it resumes.
   */
  dispatch(
    event: Event,
    { guildId, intent = 0 }: { readonly guildId?: string | undefined; readonly intent?: number } = {},
  ): void {
    for (const session of this.#sessions.values()) {
      if (isHomeOf(session, guildId) && (session.intents & intent) === intent) this.#send(session, event);
    }
  }

  /** Tells of a new message the sessions of its place's shard that want to hear of messages there, as far as they may read it. */
  dispatchMessage(message: APIMessage): void {
    const place = placeOf(message.channel_id);
    if (place === "group" || place === "foreign") return;
    const wanted = place === "dm" ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
    for (const session of this.#sessions.values()) {
      if ((session.intents & wanted) === 0 || !isHomeOf(session, place === "guild" ? GUILD_ID : undefined)) continue;
      const { user: _, ...member } = memberPayload(message.author);
      const d = {
        ...shownToBot(message, (session.intents & GatewayIntentBits.MessageContent) !== 0),
        ...(place === "guild" ? { guild_id: GUILD_ID, member } : {}),
      };
      this.#send(session, { op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.MessageCreate, d });
    }
  }

  /** Somebody as a member of the guild. */
  member(user: APIUser): APIGuildMember {
    return this.#state.member(user);
  }

  /** Tells of a change of the bot as a member of the guild; no intent is needed for that. */
  dispatchBotMember(): void {
    const d = { avatar: null, banner: null, guild_id: GUILD_ID, ...this.#state.member() };
    this.dispatch(
      { op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.GuildMemberUpdate, d },
      { guildId: GUILD_ID },
    );
  }

  /** Drops every connection. */
  drop(how: Drop): void {
    for (const session of [...this.#sessions.values()]) {
      if (how === "cut") session.socket?.terminate();
      if (how === "reconnect") session.socket?.send(JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null }));
      if (how === "invalidate") {
        this.#sessions.delete(session.id);
        session.socket?.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
      }
    }
  }

  /** Ends all connections. */
  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #welcome(socket: WebSocket, request: IncomingMessage): void {
    const version = new URL(request.url ?? "/", "ws://localhost").searchParams.get("v");
    if (version !== GatewayVersion) {
      socket.close(GatewayCloseCodes.InvalidAPIVersion, "Invalid API version.");
      return;
    }
    let session: Session | undefined;
    socket.on("message", (data) => {
      const message = parse(String(data));
      if (message === undefined) return socket.close(GatewayCloseCodes.DecodeError, "Error while decoding payload.");
      if (message.op === GatewayOpcodes.Heartbeat) return reply(socket, { op: GatewayOpcodes.HeartbeatAck });
      if (message.op === GatewayOpcodes.PresenceUpdate) return undefined;
      if (message.op === GatewayOpcodes.VoiceStateUpdate) {
        if (!session) return socket.close(GatewayCloseCodes.NotAuthenticated, "Not authenticated.");
        const { channel_id: channelId, self_deaf: selfDeaf, self_mute: selfMute } = message.d;
        return this.onVoiceWish({ channelId, selfDeaf, selfMute });
      }
      if (session) return socket.close(GatewayCloseCodes.AlreadyAuthenticated, "Already authenticated.");
      session = this.#authenticate(socket, message);
    });
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = undefined;
    });
    reply(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: this.#heartbeatMs } });
  }

  #authenticate(
    socket: WebSocket,
    message: Extract<Incoming, { op: GatewayOpcodes.Identify | GatewayOpcodes.Resume }>,
  ): Session | undefined {
    if (message.d.token !== this.#state.token) {
      this.actions.push("refused");
      socket.close(GatewayCloseCodes.AuthenticationFailed, "Authentication failed.");
      return undefined;
    }
    if (message.op === GatewayOpcodes.Identify && !this.#isAllowed(message.d.intents)) {
      this.actions.push("refused");
      socket.close(GatewayCloseCodes.DisallowedIntents, "Disallowed intent(s).");
      return undefined;
    }
    return message.op === GatewayOpcodes.Identify
      ? this.#identify(socket, message.d)
      : this.#resume(socket, message.d.session_id, message.d.seq);
  }

  /** Privileged intents are for bots whose portal says so. */
  #isAllowed(intents: number): boolean {
    return this.#state.messageContent || (intents & GatewayIntentBits.MessageContent) === 0;
  }

  #identify(socket: WebSocket, { intents, shard }: Identification): Session | undefined {
    const [index, count] = shard;
    if (index >= count) {
      socket.close(GatewayCloseCodes.InvalidShard, "Invalid shard.");
      return undefined;
    }
    if (!this.#mayLogIn(index)) {
      this.actions.push("refused");
      reply(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      return undefined;
    }
    const session: Session = { id: randomUUID(), shard, intents, events: [], socket };
    this.#sessions.set(session.id, session);
    this.#send(session, {
      op: GatewayOpcodes.Dispatch,
      t: GatewayDispatchEvents.Ready,
      d: {
        v: 10,
        user: BOT_USER,
        guilds: isHomeOf(session, GUILD_ID) ? [{ id: GUILD_ID, unavailable: true }] : [],
        session_id: session.id,
        resume_gateway_url: this.#url,
        application: {
          id: APPLICATION_ID,
          flags: ApplicationFlags.GatewayPresence,
          flags_new: String(ApplicationFlags.GatewayPresence),
        },
        shard: [index, count],
      },
    });
    if (isHomeOf(session, GUILD_ID)) {
      const d = guildPayload(this.voiceStates(), this.#state.member());
      this.#send(session, { op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.GuildCreate, d });
    }
    this.actions.push("identified");
    return session;
  }

  /** One login of each concurrency group in five seconds, where the test wants that watched. */
  #mayLogIn(shard: number): boolean {
    const { maxConcurrency } = this.#state.sharding;
    if (maxConcurrency === undefined) return true;
    const group = shard % maxConcurrency;
    const nowMs = this.#state.clock.now();
    if (nowMs < (this.#loginFreeMs.get(group) ?? 0)) return false;
    this.#loginFreeMs.set(group, nowMs + LOGIN_EVERY_MS);
    return true;
  }

  #resume(socket: WebSocket, sessionId: string, seq: number): Session | undefined {
    const session = this.#sessions.get(sessionId);
    if (session === undefined || seq > session.events.length) {
      reply(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      return undefined;
    }
    session.socket = socket;
    for (const missed of session.events.slice(seq)) socket.send(missed);
    this.#send(session, { op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.Resumed, d: undefined });
    this.actions.push("resumed");
    return session;
  }

  #send(session: Session, event: Event): void {
    const text = JSON.stringify({ ...event, s: session.events.length + 1 });
    session.events.push(text);
    session.socket?.send(text);
  }
}

/** Discord's formula for the shard of a guild; what belongs to no guild is for the first. */
function isHomeOf({ shard: [index, count] }: Session, guildId: string | undefined): boolean {
  return guildId === undefined ? index === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === index;
}

function reply(socket: WebSocket, payload: object): void {
  socket.send(JSON.stringify({ s: null, t: null, d: null, ...payload }));
}
