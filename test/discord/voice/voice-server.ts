/** A voice server with one call: voice gateway version 8 over TLS, a media relay, and the call's encryption. */

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { VoiceCloseCodes, VoiceGatewayVersion, VoiceOpcodes } from "discord-api-types/voice/v8";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import type { Journal } from "../journal.ts";
import type { Certificate } from "./certificate.ts";
import { DaveGroup, type DaveVersion } from "./dave-group.ts";
import { Link, type LinkQuality } from "./link.ts";
import { MediaRelay } from "./media-relay.ts";
import { ENCRYPTION_MODES, type EncryptionMode, TransportCipher } from "./rtp.ts";
import { type ClientMessage, readBinaryMessage, readClientMessage } from "./voice-messages.ts";
import { type Credentials, VoiceSession } from "./voice-session.ts";

/** How often clients shall send a heartbeat; Discord's own figure. */
const HEARTBEAT_INTERVAL_MS = 13_750;
/** A client that sent no heartbeat for so many intervals is gone. */
const HEARTBEATS_MISSED = 2;
/** How long a lost connection's session waits to be resumed, in ms. */
const RESUME_WITHIN_MS = 30_000;
/** A clean close ends the session. */
const NORMAL_CLOSURE = 1000;

/** How a voice server behaves. */
export interface VoiceSettings {
  /** Whether clients must speak DAVE, may, or can't. Default: they must, as on Discord. */
  readonly dave?: "required" | "optional" | "off";
  /** Default: all current ones, in Discord's order. */
  readonly modes?: readonly EncryptionMode[];
  /** Default: as often as Discord asks for it. */
  readonly heartbeatMs?: number;
}

/** What a client did at a voice gateway. */
export type VoiceAction =
  | { readonly kind: "identified" | "resumed" | "left"; readonly userId: string }
  | { readonly kind: "joined"; readonly userId: string; readonly mode: EncryptionMode }
  | { readonly kind: "refused"; readonly code: VoiceCloseCodes };

/** Where the call is, and who keeps the books. */
export interface VoiceServerParts extends VoiceSettings {
  readonly guildId: string;
  readonly channelId: string;
  readonly clock: Clock;
  readonly certificate: Certificate;
  readonly actions: Journal<VoiceAction>;
  /** Whether the main gateway sent this client here. */
  isExpected(credentials: Credentials): boolean;
}

/** A connection before and after its login. */
interface Connection {
  readonly socket: WebSocket;
  session: VoiceSession | undefined;
  stopWatch: () => void;
}

/** A voice server. */
export class VoiceServer {
  readonly group: DaveGroup;
  readonly relay: MediaRelay;
  readonly #parts: VoiceServerParts;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #sessions: Set<VoiceSession>;
  #quality: LinkQuality = {};
  #nextSsrc = 1000;

  private constructor(parts: VoiceServerParts, server: Server, relay: MediaRelay, sessions: Set<VoiceSession>) {
    this.#parts = parts;
    this.#server = server;
    this.#sessions = sessions;
    this.relay = relay;
    this.group = new DaveGroup(parts.channelId, parts.dave === "off" ? 0 : 1, parts.clock);
    this.#sockets = new WebSocketServer({ server });
    this.#sockets.on("connection", (socket, { url = "/" }) => this.#welcome(socket, url));
  }

  /** Starts a voice server on 127.0.0.1. */
  static async start(parts: VoiceServerParts): Promise<VoiceServer> {
    const sessions = new Set<VoiceSession>();
    const relay = await MediaRelay.start(() => sessions);
    const server = createServer({ ...parts.certificate }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return new VoiceServer(parts, server, relay, sessions);
  }

  /** Host and port, as `VOICE_SERVER_UPDATE` has it. */
  get endpoint(): string {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The voice server has no port.");
    return `127.0.0.1:${address.port}`;
  }

  /** A client's session. @throws Error when there is none. */
  session(userId: string): VoiceSession {
    const session = [...this.#sessions].find((each) => each.userId === userId);
    if (session === undefined) throw new Error(`User ${userId} isn't at this voice server.`);
    return session;
  }

  /** How good the way to a client, or to all, is from now on. */
  disturb(quality: LinkQuality, userId?: string): void {
    if (userId === undefined) this.#quality = quality;
    for (const session of this.#sessions) {
      if (userId === undefined || session.userId === userId) session.link.quality = this.#forClient(quality, session);
    }
  }

  /** Closes a client's connection with a code, or cuts its wire. Whether it may resume is as on Discord. */
  drop(userId: string, code?: number): void {
    const session = this.session(userId);
    const { socket } = session;
    if (code === undefined) socket?.terminate();
    else socket?.close(code);
    if (code !== undefined && code >= 4000 && code !== VoiceCloseCodes.VoiceServerCrashed) this.#end(session);
  }

  /** Ends it; clients lose their connections with `code`. */
  async close(code: VoiceCloseCodes = VoiceCloseCodes.VoiceServerCrashed): Promise<void> {
    for (const session of [...this.#sessions]) {
      const { socket } = session;
      this.#end(session);
      socket?.close(code);
    }
    for (const socket of this.#sockets.clients) if (socket.readyState === socket.OPEN) socket.close(code);
    this.relay.close();
    this.#sockets.close();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  #welcome(socket: WebSocket, url: string): void {
    if (new URL(url, "wss://localhost").searchParams.get("v") !== VoiceGatewayVersion) {
      socket.close(VoiceCloseCodes.BadRequest, "Bad request.");
      return;
    }
    const connection: Connection = { socket, session: undefined, stopWatch: () => {} };
    socket.on("message", (data, isBinary) => {
      if (isBinary) {
        this.#binary(connection, readBinaryMessage(data));
        return;
      }
      const message = readClientMessage(data);
      if (message === "unknown opcode") this.#refuse(socket, VoiceCloseCodes.UnknownOpcode);
      else if (message === "not decodable") this.#refuse(socket, VoiceCloseCodes.FailedToDecode);
      else this.#json(connection, message);
    });
    socket.on("close", (code) => {
      connection.stopWatch();
      if (connection.session) this.#lost(connection.session, socket, code);
    });
    socket.on("error", () => {});
    this.#watch(connection);
    const d = { v: Number(VoiceGatewayVersion), heartbeat_interval: this.#heartbeatMs };
    socket.send(JSON.stringify({ op: VoiceOpcodes.Hello, d }));
  }

  get #heartbeatMs(): number {
    return this.#parts.heartbeatMs ?? HEARTBEAT_INTERVAL_MS;
  }

  #watch(connection: Connection): void {
    connection.stopWatch();
    connection.stopWatch = this.#parts.clock.after(this.#heartbeatMs * HEARTBEATS_MISSED, () => {
      this.#refuse(connection.socket, VoiceCloseCodes.SessionTimeout);
      if (connection.session) this.#end(connection.session);
    });
  }

  #json(connection: Connection, message: ClientMessage): void {
    const { socket, session } = connection;
    switch (message.op) {
      case VoiceOpcodes.Heartbeat:
        this.#watch(connection);
        socket.send(JSON.stringify({ op: VoiceOpcodes.HeartbeatAck, d: { t: message.d.t } }));
        return;
      case VoiceOpcodes.Identify:
        if (session) this.#refuse(socket, VoiceCloseCodes.AlreadyAuthenticated);
        else connection.session = this.#identify(socket, message.d);
        return;
      case VoiceOpcodes.Resume:
        if (session) this.#refuse(socket, VoiceCloseCodes.AlreadyAuthenticated);
        else connection.session = this.#resume(socket, message.d);
        return;
      default:
        if (session) this.#inSession(session, message);
        else this.#refuse(socket, VoiceCloseCodes.NotAuthenticated);
    }
  }

  #identify(
    socket: WebSocket,
    d: Extract<ClientMessage, { op: VoiceOpcodes.Identify }>["d"],
  ): VoiceSession | undefined {
    const credentials = { userId: d.user_id, sessionId: d.session_id, token: d.token };
    const { guildId, dave = "required", modes = ENCRYPTION_MODES, clock, actions } = this.#parts;
    if (d.server_id !== guildId) return this.#refuse(socket, VoiceCloseCodes.ServerNotFound);
    if (!this.#parts.isExpected(credentials)) return this.#refuse(socket, VoiceCloseCodes.AuthenticationFailed);
    if (dave === "required" && d.max_dave_protocol_version < 1) {
      return this.#refuse(socket, VoiceCloseCodes.EndToEndEncryptionDAVEProtocolRequired);
    }
    for (const each of [...this.#sessions]) if (each.userId === d.user_id) this.#end(each);
    const link = new Link(clock, (datagram) => {
      if (session.address && this.#sessions.has(session)) this.relay.send(datagram, session.address);
    });
    const session = new VoiceSession(credentials, this.#nextSsrc++, d.max_dave_protocol_version, link, socket);
    link.quality = this.#forClient(this.#quality, session);
    this.#sessions.add(session);
    actions.push({ kind: "identified", userId: d.user_id });
    session.send(VoiceOpcodes.Ready, {
      ssrc: session.ssrc,
      ip: "127.0.0.1",
      port: this.relay.port,
      modes,
      experiments: [],
    });
    return session;
  }

  #resume(socket: WebSocket, d: Extract<ClientMessage, { op: VoiceOpcodes.Resume }>["d"]): VoiceSession | undefined {
    const { guildId, actions } = this.#parts;
    const session = [...this.#sessions].find(
      ({ credentials }) => credentials.sessionId === d.session_id && credentials.token === d.token,
    );
    if (d.server_id !== guildId || !session?.resume(socket, d.seq_ack)) {
      return this.#refuse(socket, VoiceCloseCodes.SessionNoLongerValid);
    }
    actions.push({ kind: "resumed", userId: session.userId });
    return session;
  }

  #inSession(session: VoiceSession, message: ClientMessage): void {
    switch (message.op) {
      case VoiceOpcodes.SelectProtocol:
        this.#select(session, message.d);
        return;
      case VoiceOpcodes.Speaking:
        for (const other of this.#others(session)) {
          const { speaking } = message.d;
          other.send(VoiceOpcodes.Speaking, { user_id: session.userId, ssrc: session.ssrc, speaking });
        }
        return;
      case VoiceOpcodes.DaveTransitionReady:
        this.group.ready(session, message.d.transition_id);
        return;
      case VoiceOpcodes.DaveMlsInvalidCommitWelcome:
        this.group.invalid(session, message.d.transition_id);
        return;
      default:
    }
  }

  #select(session: VoiceSession, { protocol, data }: { protocol: string; data: { mode: string } }): void {
    const mode = (this.#parts.modes ?? ENCRYPTION_MODES).find((each) => each === data.mode);
    const { socket } = session;
    if (protocol !== "udp") return void this.#refuse(socket, VoiceCloseCodes.UnknownProtocol);
    if (mode === undefined) return void this.#refuse(socket, VoiceCloseCodes.UnknownEncryptionMode);
    const key = randomBytes(32);
    session.cipher = new TransportCipher(mode, key);
    const others = this.#others(session);
    const lowest = Math.min(session.maxDaveVersion, ...others.map(({ maxDaveVersion }) => maxDaveVersion));
    const version: DaveVersion = this.#parts.dave === "off" || lowest < 1 ? 0 : 1;
    // A newcomer without DAVE takes the encryption off the call; those who are there hear of it first.
    this.group.setVersion(version);
    session.send(VoiceOpcodes.SessionDescription, {
      mode,
      secret_key: [...key],
      dave_protocol_version: this.group.version,
      audio_codec: "opus",
      media_session_id: randomBytes(16).toString("hex"),
    });
    if (others.length > 0) session.send(VoiceOpcodes.ClientsConnect, { user_ids: others.map(({ userId }) => userId) });
    for (const other of others) other.send(VoiceOpcodes.ClientsConnect, { user_ids: [session.userId] });
    this.group.join(session);
    this.#parts.actions.push({ kind: "joined", userId: session.userId, mode });
  }

  #binary({ session, socket }: Connection, { op, payload }: { op: number; payload: Buffer }): void {
    if (session === undefined) return void this.#refuse(socket, VoiceCloseCodes.NotAuthenticated);
    try {
      if (op === VoiceOpcodes.DaveMlsKeyPackage) this.group.keyPackage(session, payload);
      else if (op === VoiceOpcodes.DaveMlsCommitWelcome) this.group.commit(session, payload);
      else this.#refuse(socket, VoiceCloseCodes.UnknownOpcode);
    } catch {
      this.#refuse(socket, VoiceCloseCodes.FailedToDecode);
    }
  }

  #lost(session: VoiceSession, socket: WebSocket, code: number): void {
    if (session.socket !== socket) return;
    session.detach(socket);
    if (code === NORMAL_CLOSURE) this.#end(session);
    else this.#parts.clock.after(RESUME_WITHIN_MS, () => session.socket ?? this.#end(session));
  }

  #end(session: VoiceSession): void {
    if (!this.#sessions.delete(session)) return;
    this.#parts.actions.push({ kind: "left", userId: session.userId });
    if (!session.isInCall) return;
    for (const other of this.#others(session)) {
      other.send(VoiceOpcodes.ClientDisconnect, { user_id: session.userId });
    }
    this.group.leave(session);
    const isUpgradable = this.#parts.dave !== "off" && this.#others(session).every((each) => each.maxDaveVersion > 0);
    if (isUpgradable) this.group.setVersion(1);
  }

  #others(session: VoiceSession): VoiceSession[] {
    return [...this.#sessions].filter((each) => each !== session && each.isInCall);
  }

  #refuse(socket: WebSocket | undefined, code: VoiceCloseCodes): undefined {
    this.#parts.actions.push({ kind: "refused", code });
    socket?.close(code);
  }

  /** Dice of its own for each client. */
  #forClient(quality: LinkQuality, { ssrc }: VoiceSession): LinkQuality {
    return { ...quality, seed: (quality.seed ?? 1) + ssrc };
  }
}
