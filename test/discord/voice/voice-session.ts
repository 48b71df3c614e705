/** One client's session at a voice server: it outlives its connection, and what the client missed is sent again. */

import { VoiceOpcodes } from "discord-api-types/voice/v8";
import type { WebSocket } from "ws";
import type { DaveClient } from "./dave-peer.ts";
import type { Link } from "./link.ts";
import { uint } from "./mls-codec.ts";
import type { TransportCipher } from "./rtp.ts";

/** How many messages are kept for a resumption. */
const KEPT_MESSAGES = 512;
/** Numbers of messages are 16 bits wide in binary messages. */
const SEQUENCES = 2 ** 16;
/** What belongs to one connection, or answers one message, has no number and is never sent again. */
const UNNUMBERED: ReadonlySet<VoiceOpcodes> = new Set([
  VoiceOpcodes.Hello,
  VoiceOpcodes.Ready,
  VoiceOpcodes.HeartbeatAck,
  VoiceOpcodes.Resumed,
]);

/** Who comes, and the proof that the main gateway sent them here. */
export interface Credentials {
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
}

/** Where somebody's UDP socket is. */
export interface UdpAddress {
  readonly address: string;
  readonly port: number;
}

/** A session. */
export class VoiceSession implements DaveClient {
  readonly credentials: Credentials;
  readonly ssrc: number;
  /** Highest DAVE version that the client speaks. */
  readonly maxDaveVersion: number;
  /** Known after IP discovery. */
  address: UdpAddress | undefined;
  /** What the client said last about speaking; undefined until it said something. */
  speaking: number | undefined;
  /** Known once the client selected a mode. */
  cipher: TransportCipher | undefined;
  /** The way to the client. */
  readonly link: Link;
  #socket: WebSocket | undefined;
  #sequence = -1;
  readonly #kept: { readonly sequence: number; readonly data: string | Buffer }[] = [];

  constructor(credentials: Credentials, ssrc: number, maxDaveVersion: number, link: Link, socket: WebSocket) {
    this.credentials = credentials;
    this.ssrc = ssrc;
    this.maxDaveVersion = maxDaveVersion;
    this.link = link;
    this.#socket = socket;
  }

  get userId(): string {
    return this.credentials.userId;
  }

  /** The connection, unless it is lost. */
  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  /** Whether the client is part of the call: it has a key. */
  get isInCall(): boolean {
    return this.cipher !== undefined;
  }

  send(op: VoiceOpcodes, d: unknown): void {
    if (UNNUMBERED.has(op)) {
      this.#socket?.send(JSON.stringify({ op, d }));
      return;
    }
    const seq = this.#nextSequence();
    this.#keep(seq, JSON.stringify({ op, d, seq }));
  }

  sendBinary(op: VoiceOpcodes, payload: Uint8Array): void {
    const seq = this.#nextSequence();
    this.#keep(seq, Buffer.concat([uint(2, seq), uint(1, op), payload]));
  }

  /** The connection is lost. */
  detach(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }

  /** Goes on over a new connection, after the message with the number `acknowledged`. False when that is too long ago. */
  resume(socket: WebSocket, acknowledged: number): boolean {
    const index = this.#kept.findIndex(({ sequence }) => sequence === acknowledged);
    if (index < 0 && acknowledged !== -1) return false;
    if (acknowledged === -1 && this.#sequence >= this.#kept.length) return false;
    this.#socket?.terminate();
    this.#socket = socket;
    this.send(VoiceOpcodes.Resumed, null);
    for (const { data } of this.#kept.slice(index + 1)) socket.send(data);
    return true;
  }

  #nextSequence(): number {
    this.#sequence = (this.#sequence + 1) % SEQUENCES;
    return this.#sequence;
  }

  #keep(sequence: number, data: string | Buffer): void {
    this.#kept.push({ sequence, data });
    if (this.#kept.length > KEPT_MESSAGES) this.#kept.shift();
    this.#socket?.send(data);
  }
}
