/** Speakers' packets, each with its place in the stream and with what became of it. */

import type { VoiceConnection, VoiceUDPSocket } from "@discordjs/voice";
import { isOpusPacket } from "../../ser/index.ts";
import { cacheKey } from "./cached-key.ts";
import { type RtpHeader, readRtpHeader } from "./rtp-header.ts";
import type { VoicePacket } from "./segmenter.ts";
import { SpeakerStream } from "./speaker-stream.ts";
import type { PacketFate } from "./watchdog.ts";

/** What a receiver tells. */
export interface ReceiverEvents {
  /** A packet of a subscribed speaker, decrypted. */
  onAudio(userId: string, packet: VoicePacket): void;
  /** A packet of anybody, audio included. */
  onPacket(userId: string, fate: PacketFate, header: RtpHeader): void;
  /** The library ended a subscription. */
  onStreamEnded(userId: string): void;
}

/** How a frame with end-to-end encryption ends: the size of what is behind the audio, and two bytes. */
const DAVE_MARKER = 0xfa;
/** An 8-byte tag, a nonce of a byte at least, the size, the marker. */
const DAVE_SHORTEST = 12;
/** A double comes soon. */
const REMEMBERED_PACKETS = 64;

/**
 * The first packets may come before the word whose they are; so many are kept for each of so many SSRCs: after a move
 * to another voice server, everybody in a full channel may be without a name at once.
 */
const EARLY_PACKETS = 25;
const EARLY_SSRCS = 128;
/**
 * The system keeps packets for us while something else takes long (a garbage collection, a change of keys), and then
 * throws them away. By default it has room for some 250, a twentieth of a second of a hundred people. It gives less than
 * this where `net.core.rmem_max` says so.
 */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** A packet on its way through the library. */
interface Passing {
  readonly userId: string;
  readonly header: RtpHeader;
  opus: Buffer | undefined;
}

/**
 * Receives for one connection. The library's streams carry bare Opus, and what it can't decrypt vanishes. So this
 * looks at each datagram before the library does and after: the header, in the clear, says which packet of which
 * stream it is, and what the stream got meanwhile says what became of it.
 */
export class SpeechReceiver {
  readonly #connection: VoiceConnection;
  readonly #events: ReceiverEvents;
  readonly #streams = new Map<string, SpeakerStream>();
  readonly #recent = new Map<number, number[]>();
  /** Datagrams of SSRCs that nobody named yet, as they came: encrypted. */
  readonly #early = new Map<number, Buffer[]>();
  #socket: VoiceUDPSocket | undefined;
  #passing: Passing | undefined;

  constructor(connection: VoiceConnection, events: ReceiverEvents) {
    this.#connection = connection;
    this.#events = events;
  }

  /** Listens to a speaker from now on. Only subscribed speakers are ever decrypted. */
  subscribe(userId: string): void {
    const { subscriptions } = this.#connection.receiver;
    if (this.#streams.has(userId) && subscriptions.get(userId) === this.#streams.get(userId)) return;
    const stream = new SpeakerStream({
      onAudio: (opus) => {
        if (this.#passing?.userId === userId) this.#passing.opus = opus;
      },
      // The packet counts as undecryptable, as those that vanish.
      onError: () => {},
      onEnded: () => {
        if (this.#streams.get(userId) !== stream) return;
        this.#streams.delete(userId);
        subscriptions.delete(userId);
        this.#events.onStreamEnded(userId);
      },
    });
    subscriptions.set(userId, stream);
    this.#streams.set(userId, stream);
  }

  /** Doesn't listen to a speaker any more. */
  unsubscribe(userId: string): void {
    const stream = this.#streams.get(userId);
    this.#streams.delete(userId);
    this.#connection.receiver.subscriptions.delete(userId);
    stream?.close();
  }

  /** Whether the call's encryption is not there yet. */
  get isSettingUp(): boolean {
    const { state } = this.#connection;
    if (!("networking" in state) || !("dave" in state.networking.state)) return true;
    const { dave } = state.networking.state;
    return dave !== undefined && dave.protocolVersion > 0 && dave.session?.ready !== true;
  }

  /** Ends all subscriptions. */
  close(): void {
    for (const userId of [...this.#streams.keys()]) this.unsubscribe(userId);
  }

  /** Forgets whose SSRC is whose: another server gives them out anew, and nobody may be taken for somebody else. */
  forgetSsrcs(userIds: Iterable<string>): void {
    const { ssrcMap } = this.#connection.receiver;
    for (const userId of userIds) while (ssrcMap.delete(userId) !== undefined);
    this.#recent.clear();
    this.#early.clear();
  }

  /** An SSRC has a name now: what came before the name goes through the library once more. */
  announce(ssrc: number): void {
    const early = this.#early.get(ssrc) ?? [];
    this.#early.delete(ssrc);
    for (const datagram of early) this.#socket?.emit("message", datagram);
  }

  /** Listens on a UDP socket, around the library. */
  tap(socket: VoiceUDPSocket): void {
    this.#socket = socket;
    // The library keeps the system's socket to itself, and hasn't bound it yet.
    const datagrams = socket["socket"];
    datagrams.once("listening", () => datagrams.setRecvBufferSize(RECEIVE_BUFFER_BYTES));
    socket.prependListener("message", (datagram: Buffer) => this.#before(datagram));
    socket.on("message", () => this.#after());
  }

  #before(datagram: Buffer): void {
    const { connectionData, ssrcMap } = this.#connection.receiver;
    cacheKey(connectionData);
    const header = readRtpHeader(datagram);
    const userId = header && ssrcMap.get(header.ssrc)?.userId;
    this.#passing = header && userId !== undefined ? { userId, header, opus: undefined } : undefined;
    if (header && userId === undefined) this.#keepEarly(header.ssrc, datagram);
  }

  #keepEarly(ssrc: number, datagram: Buffer): void {
    const early = this.#early.get(ssrc) ?? [];
    if (early.length >= EARLY_PACKETS || (early.length === 0 && this.#early.size >= EARLY_SSRCS)) return;
    early.push(datagram);
    this.#early.set(ssrc, early);
  }

  #after(): void {
    const passing = this.#passing;
    this.#passing = undefined;
    if (passing === undefined) return;
    const { userId, header, opus } = passing;
    // The encryption refuses doubles, and rightly so.
    if (this.#isDouble(header)) return;
    const fate = this.#streams.has(userId) ? fateOf(opus) : "no-consent";
    this.#events.onPacket(userId, fate, header);
    if (fate === "audio" && opus !== undefined) this.#events.onAudio(userId, { opus, ...header });
  }

  #isDouble({ ssrc, sequence }: RtpHeader): boolean {
    const recent = this.#recent.get(ssrc) ?? [];
    if (recent.includes(sequence)) return true;
    recent.push(sequence);
    if (recent.length > REMEMBERED_PACKETS) recent.shift();
    this.#recent.set(ssrc, recent);
    return false;
  }
}

function fateOf(opus: Buffer | undefined): PacketFate {
  if (opus === undefined || isEncrypted(opus)) return "undecryptable";
  return isOpusPacket(opus) ? "audio" : "undecodable";
}

/** Until the group is ready, the library hands encrypted frames on as if they were audio. */
function isEncrypted(frame: Buffer): boolean {
  if (frame.length < DAVE_SHORTEST) return false;
  const size = frame.readUInt8(frame.length - 3);
  return frame.at(-1) === DAVE_MARKER && frame.at(-2) === DAVE_MARKER && size >= DAVE_SHORTEST && size <= frame.length;
}
