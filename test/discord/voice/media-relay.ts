/** The voice server's UDP side: tells clients their address, and passes everybody's packets on to all the others. */

import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { frameOf, isRtp, ssrcOf } from "./rtp.ts";
import type { UdpAddress, VoiceSession } from "./voice-session.ts";

const DISCOVERY_BYTES = 74;
const DISCOVERY_REQUEST = 1;
const DISCOVERY_RESPONSE = 2;
/** The packet's length without type and length. */
const DISCOVERY_LENGTH = 70;
const ADDRESS_OFFSET = 8;
const PORT_OFFSET = 72;
/** Opus silence, which clients never encrypt. */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
/** Everybody's packets go through this one socket, also those that wait while something else takes long. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
/** How a DAVE frame ends. */
const DAVE_MARKER = Buffer.from([0xfa, 0xfa]);

/** What went through, beside silence. */
export interface FrameCounts {
  /** Frames with end-to-end encryption. */
  encrypted: number;
  plain: number;
}

/** How a relay treats clients. */
export interface RelayManners {
  /** Who gets no packets, because they don't listen. */
  isDeaf(userId: string): boolean;
  /** A packet that isn't silence is on its way to a client. */
  onPassed(fromUserId: string, toUserId: string): void;
}

/** The relay of one call. */
export class MediaRelay {
  readonly frames: FrameCounts = { encrypted: 0, plain: 0 };
  readonly #socket: Socket;
  readonly #sessions: () => Iterable<VoiceSession>;
  readonly #manners: RelayManners;
  /** Whether packets are passed on. */
  isOpen = true;

  private constructor(socket: Socket, sessions: () => Iterable<VoiceSession>, manners: RelayManners) {
    this.#socket = socket;
    this.#sessions = sessions;
    this.#manners = manners;
    socket.on("message", (datagram, from) => this.#receive(datagram, from));
    // A client that is gone answers with "port unreachable".
    socket.on("error", () => {});
  }

  /** Starts a relay on 127.0.0.1. */
  static async start(sessions: () => Iterable<VoiceSession>, manners: RelayManners): Promise<MediaRelay> {
    const socket = createSocket({ type: "udp4", recvBufferSize: RECEIVE_BUFFER_BYTES });
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return new MediaRelay(socket, sessions, manners);
  }

  /** Its UDP port. */
  get port(): number {
    return this.#socket.address().port;
  }

  /** Sends a datagram as it is. */
  send(datagram: Buffer, { address, port }: UdpAddress): void {
    this.#socket.send(datagram, port, address);
  }

  /** Ends it. */
  close(): void {
    this.#socket.close();
  }

  #receive(datagram: Buffer, from: UdpAddress): void {
    if (datagram.length === DISCOVERY_BYTES && datagram.readUInt16BE(0) === DISCOVERY_REQUEST) {
      this.#discover(datagram, from);
      return;
    }
    if (!this.isOpen || !isRtp(datagram)) return;
    const sender = this.#bySsrc(ssrcOf(datagram));
    if (sender?.cipher === undefined || sender.address?.port !== from.port) return;
    this.#forward(sender, datagram);
  }

  #discover(request: Buffer, from: UdpAddress): void {
    const session = this.#bySsrc(request.readUInt32BE(4));
    if (session === undefined) return;
    session.address = { address: from.address, port: from.port };
    const response = Buffer.alloc(DISCOVERY_BYTES);
    response.writeUInt16BE(DISCOVERY_RESPONSE, 0);
    response.writeUInt16BE(DISCOVERY_LENGTH, 2);
    response.writeUInt32BE(session.ssrc, 4);
    response.write(from.address, ADDRESS_OFFSET, "latin1");
    response.writeUInt16BE(from.port, PORT_OFFSET);
    this.send(response, session.address);
  }

  #forward(sender: VoiceSession, packet: Buffer): void {
    const opened = open(sender, packet);
    if (opened === undefined) return;
    const { header, content } = opened;
    const frame = frameOf(header, content);
    const isSound = !frame.equals(SILENCE);
    if (isSound) this.frames[frame.subarray(-2).equals(DAVE_MARKER) ? "encrypted" : "plain"] += 1;
    for (const receiver of this.#sessions()) {
      if (receiver === sender || !receiver.cipher || !receiver.address || this.#manners.isDeaf(receiver.userId))
        continue;
      if (isSound) this.#manners.onPassed(sender.userId, receiver.userId);
      const extension = content.subarray(0, content.length - frame.length);
      receiver.link.send(receiver.cipher.seal(header, Buffer.concat([extension, receiver.link.media(frame)])));
    }
  }

  #bySsrc(ssrc: number): VoiceSession | undefined {
    for (const session of this.#sessions()) if (session.ssrc === ssrc) return session;
    return undefined;
  }
}

/** Undefined for a packet that its sender didn't seal. */
function open({ cipher }: VoiceSession, packet: Buffer) {
  try {
    return cipher?.open(packet);
  } catch {
    return undefined;
  }
}
