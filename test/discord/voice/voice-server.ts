/** A voice server with one call: its sessions, a media relay, and the call's encryption. */

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { VoiceCloseCodes, VoiceOpcodes } from "discord-api-types/voice/v8";
import type { WebSocket } from "ws";
import type { Clock } from "../clock.ts";
import type { Journal } from "../journal.ts";
import type { Certificate } from "./certificate.ts";
import { DaveGroup, type DaveVersion } from "./dave-group.ts";
import { Link, type LinkQuality } from "./link.ts";
import { MediaRelay, type RelayManners } from "./media-relay.ts";
import { ENCRYPTION_MODES, type EncryptionMode, TransportCipher } from "./rtp.ts";
import { type GatewayHandlers, type IdentifyData, type ResumeData, VoiceGateway } from "./voice-gateway.ts";
import type { BinaryMessage, ClientMessage } from "./voice-messages.ts";
import { type Credentials, VoiceSession } from "./voice-session.ts";

/** How long a lost connection's session waits to be resumed, in ms. */
const RESUME_WITHIN_MS = 30_000;
/** How long a call that comes from another server waits for those who were in it, in ms. */
const ARRIVAL_WITHIN_MS = 2000;
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
export interface VoiceServerParts extends VoiceSettings, RelayManners {
  readonly guildId: string;
  readonly channelId: string;
  readonly clock: Clock;
  readonly certificate: Certificate;
  readonly actions: Journal<VoiceAction>;
  /** Whether the main gateway sent this client here. */
  isExpected(credentials: Credentials): boolean;
  /** How good the way to a client is. */
  qualityFor(userId: string): LinkQuality;
}

/** A voice server. */
export class VoiceServer {
  readonly group: DaveGroup;
  readonly relay: MediaRelay;
  /** What the next client's packets are marked with. */
  nextSsrc = 1000;
  /** With which code every login is refused from now on. */
  refusal: VoiceCloseCodes | undefined;
  readonly #parts: VoiceServerParts;
  readonly #server: Server;
  readonly #gateway: VoiceGateway;
  readonly #sessions: Set<VoiceSession>;
  /** Who is still to come of a call from another server. */
  #awaited = new Set<string>();
  #welcomeAll = () => {};

  private constructor(parts: VoiceServerParts, server: Server, relay: MediaRelay, sessions: Set<VoiceSession>) {
    this.#parts = parts;
    this.#server = server;
    this.#sessions = sessions;
    this.relay = relay;
    this.group = new DaveGroup(parts.channelId, parts.dave === "off" ? 0 : 1, parts.clock);
    const handlers: GatewayHandlers = {
      identify: (socket, data) => this.#identify(socket, data),
      resume: (socket, data) => this.#resume(socket, data),
      message: (session, message) => this.#message(session, message),
      binary: (session, message) => this.#binary(session, message),
      timedOut: (session) => this.#end(session),
      lost: (session, socket, code) => this.#lost(session, socket, code),
      refused: (code) => parts.actions.push({ kind: "refused", code }),
    };
    this.#gateway = new VoiceGateway(server, parts.clock, handlers, parts.heartbeatMs);
  }

  /** Starts a voice server on 127.0.0.1. */
  static async start(parts: VoiceServerParts): Promise<VoiceServer> {
    const sessions = new Set<VoiceSession>();
    const relay = await MediaRelay.start(() => sessions, parts);
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

  /** A call comes from another server: its encryption begins when all of these are here, or after a while. */
  expect(userIds: readonly string[]): void {
    this.#awaited = new Set(userIds);
    this.#welcomeAll = this.group.commits.hold();
    this.#parts.clock.after(ARRIVAL_WITHIN_MS, this.#welcomeAll);
  }

  /** Looks anew how good the ways to the clients are. */
  disturb(): void {
    for (const session of this.#sessions) session.link.quality = this.#qualityFor(session);
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
    // The call doesn't end, it is only elsewhere: nobody is told that the others left.
    for (const { userId, socket } of this.#sessions) {
      this.#parts.actions.push({ kind: "left", userId });
      socket?.close(code);
    }
    this.#sessions.clear();
    this.#gateway.close(code);
    this.relay.close();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  #identify(socket: WebSocket, d: IdentifyData): VoiceSession | VoiceCloseCodes {
    const credentials = { userId: d.user_id, sessionId: d.session_id, token: d.token };
    const { guildId, dave = "required", modes = ENCRYPTION_MODES, clock, actions } = this.#parts;
    if (this.refusal !== undefined) return this.refusal;
    if (d.server_id !== guildId) return VoiceCloseCodes.ServerNotFound;
    if (!this.#parts.isExpected(credentials)) return VoiceCloseCodes.AuthenticationFailed;
    if (dave === "required" && d.max_dave_protocol_version < 1) {
      return VoiceCloseCodes.EndToEndEncryptionDAVEProtocolRequired;
    }
    for (const each of [...this.#sessions]) if (each.userId === d.user_id) this.#end(each);
    const link = new Link(clock, (datagram) => {
      if (session.address && this.#sessions.has(session)) this.relay.send(datagram, session.address);
    });
    const session = new VoiceSession(credentials, this.nextSsrc++, d.max_dave_protocol_version, link, socket);
    link.quality = this.#qualityFor(session);
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

  #resume(socket: WebSocket, d: ResumeData): VoiceSession | VoiceCloseCodes {
    const { guildId, actions } = this.#parts;
    const session = [...this.#sessions].find(
      ({ credentials }) => credentials.sessionId === d.session_id && credentials.token === d.token,
    );
    if (d.server_id !== guildId || !session?.resume(socket, d.seq_ack)) {
      return VoiceCloseCodes.SessionNoLongerValid;
    }
    actions.push({ kind: "resumed", userId: session.userId });
    return session;
  }

  #message(session: VoiceSession, message: ClientMessage): VoiceCloseCodes | undefined {
    switch (message.op) {
      case VoiceOpcodes.SelectProtocol:
        return this.#select(session, message.d);
      case VoiceOpcodes.Speaking:
        session.speaking = message.d.speaking;
        for (const other of this.#others(session)) introduce(session, other);
        return undefined;
      case VoiceOpcodes.DaveTransitionReady:
        this.group.ready(session, message.d.transition_id);
        return undefined;
      case VoiceOpcodes.DaveMlsInvalidCommitWelcome:
        this.group.invalid(session, message.d.transition_id);
        return undefined;
      default:
        return undefined;
    }
  }

  #select(
    session: VoiceSession,
    { protocol, data }: { protocol: string; data: { mode: string } },
  ): VoiceCloseCodes | undefined {
    const mode = (this.#parts.modes ?? ENCRYPTION_MODES).find((each) => each === data.mode);
    if (protocol !== "udp") return VoiceCloseCodes.UnknownProtocol;
    if (mode === undefined) return VoiceCloseCodes.UnknownEncryptionMode;
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
    // Whoever spoke before isn't announced again.
    for (const other of others) introduce(other, session);
    this.group.join(session);
    if (this.#awaited.delete(session.userId) && this.#awaited.size === 0) this.#welcomeAll();
    this.#parts.actions.push({ kind: "joined", userId: session.userId, mode });
    return undefined;
  }

  #binary(session: VoiceSession, { op, payload }: BinaryMessage): VoiceCloseCodes | undefined {
    if (op === VoiceOpcodes.DaveMlsKeyPackage) this.group.keyPackage(session, payload);
    else if (op === VoiceOpcodes.DaveMlsCommitWelcome) this.group.commit(session, payload);
    else return VoiceCloseCodes.UnknownOpcode;
    return undefined;
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

  /** Dice of its own for each client. */
  #qualityFor({ userId, ssrc }: VoiceSession): LinkQuality {
    const quality = this.#parts.qualityFor(userId);
    return { ...quality, seed: (quality.seed ?? 1) + ssrc };
  }
}

/** Tells whose packets somebody's are, once they said that they speak. */
function introduce({ userId, ssrc, speaking }: VoiceSession, to: VoiceSession): void {
  if (speaking !== undefined) to.send(VoiceOpcodes.Speaking, { user_id: userId, ssrc, speaking });
}
