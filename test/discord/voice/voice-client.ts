/** A person's voice client: the other end of the protocol, with encryption of its own by davey. */

import { createSocket, type Socket } from "node:dgram";
import Davey from "@snazzah/davey";
import { VoiceOpcodes } from "discord-api-types/voice/v8";
import { type RawData, WebSocket } from "ws";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Invitation } from "./calls.ts";
import { uint } from "./mls-codec.ts";
import { type EncryptionMode, frameOf, isRtp, rtpHeader, ssrcOf, TransportCipher, withExtension } from "./rtp.ts";
import { type ServerMessage, serverMessage } from "./server-message.ts";

/** Opus silence: sent as it is, even in an encrypted call. */
export const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const PACKET_SAMPLES = 960;
const DISCOVERY_BYTES = 74;
/** `MediaType.AUDIO`; davey's enums are only there for the compiler. */
const AUDIO = 0;

/** What op 2 says. */
interface ServerAddress {
  /** The client's own. */
  readonly ssrc: number;
  readonly address: string;
  readonly port: number;
  /** The mode that the server likes best. */
  readonly mode: EncryptionMode | undefined;
}

/** What a client reports. */
export interface VoiceClientEvents {
  /** It is in the call, and may speak. */
  onJoined(): void;
  /** The voice server closed the connection. */
  onClosed(code: number): void;
  /** Somebody was heard. */
  onFrame(userId: string, frame: Buffer): void;
}

/** A client in one call. */
export class VoiceClient {
  readonly #invitation: Invitation;
  readonly #guildId: string;
  readonly #clock: Clock;
  readonly #events: VoiceClientEvents;
  readonly #maxDaveVersion: number;
  readonly #dave: Davey.DAVESession;
  readonly #socket: WebSocket;
  readonly #udp: Socket;
  readonly #known = new Set<string>();
  readonly #speakers = new Map<number, string>();
  readonly #transitions = new Map<number, number>();
  #stopHeart = () => {};
  #server: ServerAddress = { ssrc: 0, address: "", port: 0, mode: undefined };
  #cipher: TransportCipher | undefined;
  #daveVersion = 0;
  #acknowledged = -1;
  #sequence = Math.floor(Math.random() * 2 ** 16);
  #timestamp = Math.floor(Math.random() * 2 ** 32);

  constructor(
    invitation: Invitation,
    guildId: string,
    clock: Clock,
    events: VoiceClientEvents,
    maxDaveVersion: number = Davey.DAVE_PROTOCOL_VERSION,
  ) {
    this.#invitation = invitation;
    this.#guildId = guildId;
    this.#clock = clock;
    this.#events = events;
    this.#maxDaveVersion = maxDaveVersion;
    this.#dave = new Davey.DAVESession(1, invitation.userId, invitation.channelId);
    this.#udp = createSocket("udp4").on("message", (datagram) => this.#datagram(datagram));
    this.#udp.on("error", () => {});
    this.#socket = new WebSocket(`wss://${invitation.endpoint}/?v=8`);
    this.#socket.on("message", (data, isBinary) => this.#message(data, isBinary));
    this.#socket.on("close", (code) => {
      this.#stopHeart();
      events.onClosed(code);
    });
    this.#socket.on("error", () => {});
  }

  /** The code that two members compare aloud; empty before the group is there. */
  get privacyCode(): string {
    return this.#dave.voicePrivacyCode;
  }

  /** A packet's frame as the call's encryption wants it now; `undefined` while there is no key yet. */
  encrypt(frame: Buffer): Buffer | undefined {
    if (frame.equals(SILENCE) || this.#daveVersion === 0) return frame;
    return this.#dave.ready ? this.#dave.encryptOpus(frame) : undefined;
  }

  /** Lights up, or goes dark: op 5 comes before the first packet. */
  setSpeaking(isSpeaking: boolean): void {
    this.#send(VoiceOpcodes.Speaking, { speaking: isSpeaking ? 1 : 0, delay: 0, ssrc: this.#server.ssrc });
  }

  /** Says one packet. As long as there is no key, nobody hears it: then false. */
  say(opus: Buffer): boolean {
    const frame = this.encrypt(opus);
    if (frame) return this.sendFrame(frame);
    this.#timestamp += PACKET_SAMPLES;
    return false;
  }

  /** Sends one frame; false as long as the client isn't in the call. */
  sendFrame(frame: Buffer): boolean {
    if (this.#cipher === undefined) return false;
    const { ssrc, port, address } = this.#server;
    const header = rtpHeader({ sequence: this.#sequence++, timestamp: this.#timestamp, ssrc });
    this.#timestamp += PACKET_SAMPLES;
    this.#udp.send(this.#cipher.seal(header, withExtension(frame)), port, address);
    return true;
  }

  /** The next packet's stream and number. */
  get position(): { readonly ssrc: number; readonly sequence: number } {
    return { ssrc: this.#server.ssrc, sequence: this.#sequence % 2 ** 16 };
  }

  /** Goes on with this number; 16 bits. */
  renumber(sequence: number): void {
    this.#sequence = sequence;
  }

  /** Lets time pass in the stream without a packet. */
  pause(ms: number): void {
    this.#timestamp += Math.round(ms * 48);
  }

  /** Leaves the call. */
  close(): void {
    this.#stopHeart();
    this.#socket.removeAllListeners("message");
    this.#socket.close(1000);
    this.#udp.close();
  }

  #send(op: VoiceOpcodes, d: unknown): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ op, d }));
  }

  #sendBinary(op: VoiceOpcodes, payload: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(Buffer.concat([uint(1, op), payload]));
  }

  #message(data: RawData, isBinary: boolean): void {
    if (isBinary && Buffer.isBuffer(data)) {
      this.#acknowledged = data.readUInt16BE(0);
      this.#mls(data.readUInt8(2), data.subarray(3));
      return;
    }
    const json: unknown = JSON.parse(String(data));
    this.#acknowledged = z.object({ seq: z.int() }).safeParse(json).data?.seq ?? this.#acknowledged;
    const message = serverMessage.safeParse(json).data;
    if (message) this.#json(message);
  }

  #json(message: ServerMessage): void {
    switch (message.op) {
      case VoiceOpcodes.Hello:
        this.#identify();
        this.#beat(message.d.heartbeat_interval);
        break;
      case VoiceOpcodes.Ready:
        this.#server = { ssrc: message.d.ssrc, address: message.d.ip, port: message.d.port, mode: message.d.modes[0] };
        this.#discover();
        break;
      case VoiceOpcodes.SessionDescription:
        this.#cipher = new TransportCipher(message.d.mode, Uint8Array.from(message.d.secret_key));
        this.#daveVersion = message.d.dave_protocol_version;
        if (this.#daveVersion > 0) this.#offerKeyPackage();
        this.#events.onJoined();
        break;
      case VoiceOpcodes.Speaking:
        this.#speakers.set(message.d.ssrc, message.d.user_id);
        break;
      case VoiceOpcodes.ClientsConnect:
        for (const id of message.d.user_ids) this.#known.add(id);
        break;
      case VoiceOpcodes.ClientDisconnect:
        this.#known.delete(message.d.user_id);
        break;
      case VoiceOpcodes.DavePrepareTransition:
        this.#transitions.set(message.d.transition_id, message.d.protocol_version);
        if (message.d.protocol_version === 0) this.#dave.setPassthroughMode(true);
        if (message.d.transition_id === 0) this.#execute(0);
        else this.#send(VoiceOpcodes.DaveTransitionReady, { transition_id: message.d.transition_id });
        break;
      case VoiceOpcodes.DaveExecuteTransition:
        this.#execute(message.d.transition_id);
        break;
      case VoiceOpcodes.DavePrepareEpoch:
        if (message.d.epoch !== 1) break;
        this.#dave.reinit(message.d.protocol_version, this.#invitation.userId, this.#invitation.channelId);
        this.#offerKeyPackage();
        break;
    }
  }

  #mls(op: number, payload: Buffer): void {
    if (op === VoiceOpcodes.DaveMlsExternalSender) this.#dave.setExternalSender(payload);
    else if (op === VoiceOpcodes.DaveMlsProposals) {
      // The first byte says "append"; the local Discord revokes no proposals.
      const { commit, welcome } = this.#dave.processProposals(0, payload.subarray(1), [...this.#known]);
      const answer = Buffer.concat([commit ?? Buffer.alloc(0), welcome ?? Buffer.alloc(0)]);
      if (commit) this.#sendBinary(VoiceOpcodes.DaveMlsCommitWelcome, answer);
    } else if (op === VoiceOpcodes.DaveMlsAnnounceCommitTransition || op === VoiceOpcodes.DaveMlsWelcome) {
      this.#takeIn(op, payload.readUInt16BE(0), payload.subarray(2));
    }
  }

  #takeIn(op: VoiceOpcodes, transitionId: number, message: Buffer): void {
    try {
      if (op === VoiceOpcodes.DaveMlsWelcome) this.#dave.processWelcome(message);
      else this.#dave.processCommit(message);
    } catch {
      this.#send(VoiceOpcodes.DaveMlsInvalidCommitWelcome, { transition_id: transitionId });
      this.#dave.reinit(1, this.#invitation.userId, this.#invitation.channelId);
      this.#offerKeyPackage();
      return;
    }
    this.#transitions.set(transitionId, 1);
    if (transitionId === 0) this.#execute(0);
    else this.#send(VoiceOpcodes.DaveTransitionReady, { transition_id: transitionId });
  }

  #execute(transitionId: number): void {
    this.#daveVersion = this.#transitions.get(transitionId) ?? this.#daveVersion;
    this.#transitions.delete(transitionId);
  }

  #offerKeyPackage(): void {
    this.#sendBinary(VoiceOpcodes.DaveMlsKeyPackage, this.#dave.getSerializedKeyPackage());
  }

  #identify(): void {
    const { userId, sessionId, token } = this.#invitation;
    this.#send(VoiceOpcodes.Identify, {
      server_id: this.#guildId,
      user_id: userId,
      session_id: sessionId,
      token,
      max_dave_protocol_version: this.#maxDaveVersion,
    });
  }

  #beat(intervalMs: number): void {
    this.#stopHeart = this.#clock.after(intervalMs, () => {
      this.#send(VoiceOpcodes.Heartbeat, { t: this.#clock.now(), seq_ack: this.#acknowledged });
      this.#beat(intervalMs);
    });
  }

  #discover(): void {
    const request = Buffer.concat([uint(2, 1), uint(2, 70), uint(4, this.#server.ssrc), Buffer.alloc(66)]);
    this.#udp.send(request, this.#server.port, this.#server.address);
  }

  #datagram(datagram: Buffer): void {
    if (datagram.length === DISCOVERY_BYTES && datagram.readUInt16BE(0) === 2) {
      const data = { address: "127.0.0.1", port: datagram.readUInt16BE(72), mode: this.#server.mode };
      this.#send(VoiceOpcodes.SelectProtocol, { protocol: "udp", data });
      return;
    }
    const userId = isRtp(datagram) ? this.#speakers.get(ssrcOf(datagram)) : undefined;
    if (userId === undefined || this.#cipher === undefined) return;
    try {
      const { header, content } = this.#cipher.open(datagram);
      const frame = frameOf(header, content);
      const isPlain = this.#daveVersion === 0 || !this.#dave.ready || frame.equals(SILENCE);
      this.#events.onFrame(userId, isPlain ? frame : this.#dave.decrypt(userId, AUDIO, frame));
    } catch {
      // Damaged on its way, or not for this membership: nobody hears it.
    }
  }
}
