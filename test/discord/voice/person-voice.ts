/** A person in voice channels: joins, speaks, listens, leaves. */

import type { APIUser } from "discord-api-types/v10";
import type { Clock } from "../clock.ts";
import { Journal, PATIENCE_MS } from "../journal.ts";
import { GUILD_ID, VOICE_CHANNEL_ID } from "../payloads.ts";
import type { Calls, Invitation } from "./calls.ts";
import { inRhythm, opusPackets, PACKET_MS } from "./microphone.ts";
import { SILENCE, VoiceClient } from "./voice-client.ts";

/** Clients say so many packets of silence when somebody stops speaking. */
const CLOSING_SILENCE = 5;

/** How somebody speaks. */
export interface Speech {
  /** The part of the recording, in packets of 20 ms. Default: all of it. */
  readonly from?: number;
  readonly count?: number;
  /** Time from packet to packet in ms. Default 20; less is faster than life. */
  readonly packetMs?: number;
  /** What becomes of each frame before it is sent. Default: the call's encryption. */
  readonly encrypt?: (frame: Buffer) => Buffer;
  /** Whether the client says that its user speaks. Default true. */
  readonly announced?: boolean;
}

/** How somebody joins. */
export interface Joining {
  /** Default true; false is a client of old. */
  readonly dave?: boolean;
  /** Whether they don't listen; the server sends them nothing then. Default false. */
  readonly deaf?: boolean;
}

/** Packets that went out through one voice server, one after the other. */
export interface Sent {
  readonly ssrc: number;
  /** The first one's number. */
  readonly first: number;
  readonly packets: number;
}

/** Something that a person heard. */
export interface Heard {
  readonly userId: string;
  readonly frame: Buffer;
}

/** One person's voice. */
export class PersonVoice {
  /** What came through to this person, in order. */
  readonly heard = new Journal<Heard>();
  readonly #closes = new Journal<number>();
  readonly #user: APIUser;
  readonly #calls: Calls;
  readonly #clock: Clock;
  #client: VoiceClient | undefined;
  #joined = Promise.withResolvers<void>();
  #maxDaveVersion: number | undefined;
  #wantsToSpeak = false;

  constructor(user: APIUser, calls: Calls, clock: Clock) {
    this.#user = user;
    this.#calls = calls;
    this.#clock = clock;
    calls.onInvitation(user.id, (invitation) => this.#follow(invitation));
  }

  /** Codes with which voice servers closed this person's connections. */
  get closes(): readonly number[] {
    return this.#closes.entries;
  }

  /** The code that the person may compare with others; empty before the encryption is there. */
  get privacyCode(): string {
    return this.#client?.privacyCode ?? "";
  }

  /** Joins a voice channel, and resolves when the person may speak. */
  async join(channelId: string = VOICE_CHANNEL_ID, { dave = true, deaf = false }: Joining = {}): Promise<void> {
    this.#maxDaveVersion = dave ? undefined : 0;
    this.#wantsToSpeak = false;
    this.#joined = Promise.withResolvers<void>();
    await this.#calls.update(this.#user, { channelId, selfDeaf: deaf });
    await within(this.#joined.promise, `${this.#user.username} to join`);
  }

  /** Lights up: tells the others whose packets are whose. */
  announce(): void {
    this.#wantsToSpeak = true;
    this.#inCall().setSpeaking(true);
  }

  /**
   * Says (a part of) an Ogg/Opus file, or packets. When it is said, gives what went out, for each voice server that had
   * the call meanwhile.
   */
  async speak(what: string | readonly Buffer[], speech: Speech = {}): Promise<readonly Sent[]> {
    const all = typeof what === "string" ? await opusPackets(what) : what;
    const from = speech.from ?? 0;
    const packets = all.slice(from, from + (speech.count ?? all.length));
    if (speech.announced ?? true) this.announce();
    // The call may move meanwhile; what is said between two servers is lost.
    const sent = new Map<VoiceClient, Sent>();
    await inRhythm(packets, speech.packetMs ?? PACKET_MS, (packet) => {
      const client = this.#client;
      if (client === undefined) return;
      const { ssrc, sequence } = client.position;
      const isSent = speech.encrypt ? client.sendFrame(speech.encrypt(packet)) : client.say(packet);
      const { first, packets } = sent.get(client) ?? { first: sequence, packets: 0 };
      if (isSent) sent.set(client, { ssrc, first, packets: packets + 1 });
    });
    return [...sent.values()];
  }

  /** Falls silent as clients do it: a few packets of silence, then nothing. */
  async fallSilent(packetMs: number = PACKET_MS): Promise<void> {
    const silence = new Array<Buffer>(CLOSING_SILENCE).fill(SILENCE);
    await inRhythm(silence, packetMs, (packet) => this.#client?.sendFrame(packet));
  }

  /** The next packet has this number (16 bits). Default: each call begins anywhere. */
  renumber(sequence: number): void {
    this.#inCall().renumber(sequence);
  }

  /** Lets time pass in the stream without sending anything. */
  pause(ms: number): void {
    this.#inCall().pause(ms);
  }

  /** How this person's frames are encrypted now; it stays so when the person has left. */
  encryption(): (frame: Buffer) => Buffer {
    const client = this.#inCall();
    return (frame) => {
      const encrypted = client.encrypt(frame);
      if (encrypted === undefined) throw new Error(`${this.#user.username} has no key.`);
      return encrypted;
    };
  }

  /** Leaves, if the person is there. */
  async leave(): Promise<void> {
    if (this.#client === undefined) return;
    this.#client.close();
    this.#client = undefined;
    await this.#calls.update(this.#user, { channelId: null });
  }

  #inCall(): VoiceClient {
    if (this.#client === undefined) throw new Error(`${this.#user.username} is in no voice channel.`);
    return this.#client;
  }

  #follow(invitation: Invitation | undefined): void {
    this.#client?.close();
    this.#client = undefined;
    if (invitation === undefined) return;
    const events = {
      onJoined: () => {
        if (this.#wantsToSpeak) this.#client?.setSpeaking(true);
        this.#joined.resolve();
      },
      onClosed: (code: number) => this.#closes.push(code),
      onFrame: (userId: string, frame: Buffer) => this.heard.push({ userId, frame }),
    };
    this.#client = new VoiceClient(invitation, GUILD_ID, this.#clock, events, this.#maxDaveVersion);
  }
}

async function within(promise: Promise<void>, what: string): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Waited ${PATIENCE_MS} ms in vain for ${what}.`)), PATIENCE_MS);
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
