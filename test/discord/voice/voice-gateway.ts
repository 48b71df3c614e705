/** The voice gateway, version 8, over TLS: connections, logins, heartbeats and close codes. */

import type { Server } from "node:https";
import { VoiceCloseCodes, VoiceGatewayVersion, VoiceOpcodes } from "discord-api-types/voice/v8";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import { type BinaryMessage, type ClientMessage, readBinaryMessage, readClientMessage } from "./voice-messages.ts";
import type { VoiceSession } from "./voice-session.ts";

/** How often clients shall send a heartbeat; Discord's own figure. */
const HEARTBEAT_INTERVAL_MS = 13_750;
/** A client that sent no heartbeat for so many intervals is gone. */
const HEARTBEATS_MISSED = 2;

/** What a client says to log in. */
export type IdentifyData = Extract<ClientMessage, { op: VoiceOpcodes.Identify }>["d"];
/** What a client says to go on. */
export type ResumeData = Extract<ClientMessage, { op: VoiceOpcodes.Resume }>["d"];

/** What is behind the gateway. */
export interface GatewayHandlers {
  /** A session, or why there is none. */
  identify(socket: WebSocket, data: IdentifyData): VoiceSession | VoiceCloseCodes;
  resume(socket: WebSocket, data: ResumeData): VoiceSession | VoiceCloseCodes;
  /** Gives a code with which the connection is closed, if the client did something wrong. */
  message(session: VoiceSession, message: ClientMessage): VoiceCloseCodes | undefined;
  /** As above. @throws Error for what can't be decoded */
  binary(session: VoiceSession, message: BinaryMessage): VoiceCloseCodes | undefined;
  /** A client that sends no heartbeats any more. */
  timedOut(session: VoiceSession): void;
  /** A connection closed. */
  lost(session: VoiceSession, socket: WebSocket, code: number): void;
  /** A connection was refused or closed for what the client did. */
  refused(code: VoiceCloseCodes): void;
}

/** A connection before and after its login. */
interface Connection {
  readonly socket: WebSocket;
  session: VoiceSession | undefined;
  stopWatch: () => void;
}

/** The gateway of one voice server. */
export class VoiceGateway {
  readonly #sockets: WebSocketServer;
  readonly #clock: Clock;
  readonly #handlers: GatewayHandlers;
  readonly #heartbeatMs: number;

  constructor(server: Server, clock: Clock, handlers: GatewayHandlers, heartbeatMs = HEARTBEAT_INTERVAL_MS) {
    this.#clock = clock;
    this.#handlers = handlers;
    this.#heartbeatMs = heartbeatMs;
    this.#sockets = new WebSocketServer({ server });
    this.#sockets.on("connection", (socket, { url = "/" }) => this.#welcome(socket, url));
  }

  /** Closes every connection. */
  close(code: VoiceCloseCodes): void {
    for (const socket of this.#sockets.clients) if (socket.readyState === socket.OPEN) socket.close(code);
    this.#sockets.close();
  }

  #welcome(socket: WebSocket, url: string): void {
    const connection: Connection = { socket, session: undefined, stopWatch: () => {} };
    socket.on("error", () => {});
    if (new URL(url, "wss://localhost").searchParams.get("v") !== VoiceGatewayVersion) {
      this.#refuse(socket, VoiceCloseCodes.BadRequest);
      return;
    }
    socket.on("message", (data, isBinary) => {
      const code = isBinary ? this.#binary(connection, data) : this.#json(connection, data);
      if (code !== undefined) this.#refuse(socket, code);
    });
    socket.on("close", (code) => {
      connection.stopWatch();
      if (connection.session) this.#handlers.lost(connection.session, socket, code);
    });
    this.#watch(connection);
    const d = { v: Number(VoiceGatewayVersion), heartbeat_interval: this.#heartbeatMs };
    socket.send(JSON.stringify({ op: VoiceOpcodes.Hello, d }));
  }

  #watch(connection: Connection): void {
    connection.stopWatch();
    connection.stopWatch = this.#clock.after(this.#heartbeatMs * HEARTBEATS_MISSED, () => {
      this.#refuse(connection.socket, VoiceCloseCodes.SessionTimeout);
      if (connection.session) this.#handlers.timedOut(connection.session);
    });
  }

  #json(connection: Connection, data: RawData): VoiceCloseCodes | undefined {
    const { socket, session } = connection;
    const message = readClientMessage(data);
    if (message === "unknown opcode") return VoiceCloseCodes.UnknownOpcode;
    if (message === "not decodable") return VoiceCloseCodes.FailedToDecode;
    switch (message.op) {
      case VoiceOpcodes.Heartbeat:
        this.#watch(connection);
        socket.send(JSON.stringify({ op: VoiceOpcodes.HeartbeatAck, d: { t: message.d.t } }));
        return undefined;
      case VoiceOpcodes.Identify:
        return this.#log(connection, () => this.#handlers.identify(socket, message.d));
      case VoiceOpcodes.Resume:
        return this.#log(connection, () => this.#handlers.resume(socket, message.d));
      default:
        return session ? this.#handlers.message(session, message) : VoiceCloseCodes.NotAuthenticated;
    }
  }

  #log(connection: Connection, login: () => VoiceSession | VoiceCloseCodes): VoiceCloseCodes | undefined {
    if (connection.session) return VoiceCloseCodes.AlreadyAuthenticated;
    const result = login();
    if (typeof result === "number") return result;
    connection.session = result;
    return undefined;
  }

  #binary({ session }: Connection, data: RawData): VoiceCloseCodes | undefined {
    if (session === undefined) return VoiceCloseCodes.NotAuthenticated;
    try {
      return this.#handlers.binary(session, readBinaryMessage(data));
    } catch {
      return VoiceCloseCodes.FailedToDecode;
    }
  }

  #refuse(socket: WebSocket, code: VoiceCloseCodes): void {
    this.#handlers.refused(code);
    socket.close(code);
  }
}
