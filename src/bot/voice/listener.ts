/** Listens in one voice channel: hears those who agreed, each apart, and copes with what goes wrong. */

import { setImmediate } from "node:timers/promises";
import {
  type DiscordGatewayAdapterCreator,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from "@discordjs/voice";
import type { Logger } from "pino";
import { Alarm } from "./alarm.ts";
import type { Clock } from "./clock.ts";
import { JoinGate } from "./join-gate.ts";
import { SpeechReceiver } from "./receiver.ts";
import { type LeaveReason, remedyFor, type Trouble } from "./recovery.ts";
import type { RtpHeader } from "./rtp-header.ts";
import { type Segment, Segmenter, type VoicePacket } from "./segmenter.ts";
import { watchSockets } from "./socket-watch.ts";
import { Speaker } from "./speaker.ts";
import type { Utterance } from "./utterance.ts";
import { type DropReason, type PacketFate, type VoiceReport, Watchdog } from "./watchdog.ts";

/** A connection that isn't there after so long (ms) won't come about by itself. */
const READY_WITHIN_MS = 15_000;
/** Somebody who is said to speak is heard within this (ms). */
const FIRST_PACKET_WITHIN_MS = 5000;
/**
 * The library counts the packets in a row that it can't decrypt, of all speakers together, and leaves the group when
 * there are more. Its own limit of 36 is 40 ms of twenty people while keys change, after which it would leave again
 * and again. Recovery looks at each speaker, and at the time; the library's count is only behind it.
 */
const FAILURE_TOLERANCE = 500;
/** Thrown out, or only moved: Discord tells the new server within this (ms). */
const MOVED_WITHIN_MS = 3000;
const DISCONNECTED = 4014;

/** What a listener needs. */
export interface ListenerParts {
  readonly guildId: string;
  readonly channelId: string;
  /** The guild's `voiceAdapterCreator`. */
  readonly adapterCreator: DiscordGatewayAdapterCreator;
  /** Keeps connections of several bots in one process apart. */
  readonly group: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Somebody said something. */
  onUtterance(userId: string, utterance: Utterance): void;
  /** The bot left by itself, and won't come back. */
  onLeft(reason: LeaveReason): void;
}

/** A bot in a voice channel. */
export class VoiceListener {
  readonly #parts: ListenerParts;
  readonly #gate = new JoinGate();
  readonly #connection: VoiceConnection;
  readonly #receiver: SpeechReceiver;
  readonly #watchdog: Watchdog;
  readonly #alarm: Alarm;
  readonly #speakers = new Map<string, Speaker>();
  /** Everybody whose SSRC the library may know. */
  readonly #known = new Set<string>();
  readonly #rejoinsMs: number[] = [];
  readonly #ready = Promise.withResolvers<void>();
  #heardMs = Number.NEGATIVE_INFINITY;
  #stopPatience = () => {};
  #stopFarewell = () => {};
  #isRejoining = false;
  #isOver = false;

  /** Joins the channel. */
  constructor(parts: ListenerParts) {
    this.#parts = parts;
    this.#watchdog = new Watchdog((reason, place) => parts.logger.debug({ reason, ...place }, "utterance dropped"));
    this.#alarm = new Alarm({
      clock: parts.clock,
      deadlinesMs: () => [
        this.#watchdog.deadlineMs,
        ...[...this.#speakers.values()].map(({ segmenter }) => segmenter.deadlineMs),
      ],
      ring: (nowMs) => this.#tick(nowMs),
    });
    this.#gate.allow();
    this.#connection = joinVoiceChannel({
      guildId: parts.guildId,
      channelId: parts.channelId,
      group: parts.group,
      // The bot hears, and says nothing.
      selfDeaf: false,
      selfMute: true,
      decryptionFailureTolerance: FAILURE_TOLERANCE,
      adapterCreator: this.#gate.guard(parts.adapterCreator),
    });
    this.#receiver = new SpeechReceiver(this.#connection, {
      onAudio: (userId, packet) => this.#audio(userId, packet),
      onPacket: (userId, fate, header) => this.#packet(userId, fate, header),
      onStreamEnded: (userId) => this.#trouble({ kind: "stream-ended" }, userId),
    });
    watchSockets(this.#connection, {
      onUnprocessed: (err) => parts.logger.warn({ err }, "voice encryption message couldn't be processed"),
      onUdp: (socket) => this.#receiver.tap(socket),
      onServer: () => this.#newServer(),
      onSpeaking: (userId, ssrc) => this.#speaking(userId, ssrc),
      onClosed: (code) => this.#closed(code),
    });
    this.#connection.on("error", (err) => parts.logger.warn({ err }, "voice connection failed"));
    this.#connection.on("stateChange", (_, { status }) => this.#changed(status));
    this.#ready.promise.catch(() => undefined);
    this.#awaitReady();
  }

  /** Resolves when the bot is in the channel. @throws Error with the reason when it gave up. */
  ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Listens to somebody from now on. */
  include(userId: string): void {
    if (this.#isOver || this.#speakers.has(userId)) return;
    this.#speakers.set(userId, new Speaker(new Segmenter()));
    this.#receiver.subscribe(userId);
  }

  /** Doesn't listen to somebody any more, and forgets what they were saying. */
  exclude(userId: string): void {
    const forgotten = this.#speakers.get(userId)?.forget();
    if (forgotten) this.#watchdog.drop("no-consent", forgotten);
    this.#speakers.delete(userId);
    this.#watchdog.end(userId);
    this.#receiver.unsubscribe(userId);
  }

  /** Counts an utterance that was lost behind the listener. */
  drop(reason: DropReason, clipId: string): void {
    this.#watchdog.drop(reason, { clip: clipId });
  }

  /** How much of what was said arrived, and what became of it. */
  report(): VoiceReport {
    return this.#watchdog.report();
  }

  /** Hands on what is being said, and leaves. */
  leave(): void {
    if (!this.#isOver) this.#end();
  }

  #audio(userId: string, packet: VoicePacket): void {
    const { clock } = this.#parts;
    this.#heardMs = clock.now();
    const speaker = this.#speakers.get(userId);
    if (speaker === undefined) return;
    this.#handOn(userId, speaker.segmenter.push(packet, clock.now()));
    this.#alarm.set();
  }

  #packet(userId: string, fate: PacketFate, header: RtpHeader): void {
    const nowMs = this.#parts.clock.now();
    this.#watchdog.packet(userId, fate, header, nowMs);
    this.#alarm.set();
    const speaker = this.#speakers.get(userId);
    speaker?.heardFrom();
    if (fate === "audio") speaker?.succeeded();
    if (fate !== "undecryptable" || speaker === undefined) return;
    const { sinceMs, ...failures } = speaker.failed(nowMs);
    const { isSettingUp } = this.#receiver;
    this.#trouble({ kind: "bad-packet", ...failures, othersHeard: this.#heardMs > sinceMs, isSettingUp }, userId);
  }

  #newServer(): void {
    this.#receiver.forgetSsrcs(this.#known);
    for (const [userId, { segmenter }] of this.#speakers) this.#handOn(userId, segmenter.endStream());
  }

  #speaking(userId: string, ssrc: number): void {
    this.#known.add(userId);
    const { clock } = this.#parts;
    const sinceMs = clock.now();
    const speaker = this.#speakers.get(userId);
    speaker?.expect(() =>
      clock.after(FIRST_PACKET_WITHIN_MS, () => {
        speaker.heardFrom();
        this.#trouble({ kind: "no-audio", othersHeard: this.#heardMs > sinceMs }, userId);
      }),
    );
    this.#receiver.announce(ssrc);
  }

  #closed(code: number): void {
    this.#parts.logger.info({ code }, "voice server closed the connection");
    const tell = () => this.#trouble({ kind: "closed", code });
    if (code === DISCONNECTED) this.#stopFarewell = this.#parts.clock.after(MOVED_WITHIN_MS, tell);
    else tell();
  }

  #changed(status: VoiceConnectionStatus): void {
    if (status === VoiceConnectionStatus.Ready) {
      this.#stopPatience();
      this.#ready.resolve();
    } else if (status === VoiceConnectionStatus.Connecting) {
      this.#stopFarewell();
      this.#awaitReady();
      if (this.#connection.joinConfig.channelId !== this.#parts.channelId) this.#trouble({ kind: "moved" });
    } else if (status === VoiceConnectionStatus.Disconnected && !this.#isRejoining) {
      this.#awaitReady();
    } else if (status === VoiceConnectionStatus.Destroyed && !this.#isOver) {
      // The bot is out of the guild, or its session is over.
      void this.#giveUp("disconnected");
    }
  }

  #awaitReady(): void {
    this.#stopPatience();
    this.#stopPatience = this.#parts.clock.after(READY_WITHIN_MS, () => this.#trouble({ kind: "not-ready" }));
  }

  #trouble(trouble: Trouble, userId?: string): void {
    if (this.#isOver) return;
    const { clock, logger } = this.#parts;
    const remedy = remedyFor(trouble, this.#rejoinsMs, clock.now());
    const isNew = remedy.kind === "resubscribe" || !this.#isRejoining;
    if (remedy.kind === "skip" || !isNew) return;
    logger.warn({ trouble: trouble.kind, remedy: remedy.kind }, "voice trouble");
    if (remedy.kind === "resubscribe") {
      if (userId !== undefined) void this.#resubscribe(userId);
    } else if (remedy.kind === "leave") {
      void this.#giveUp(remedy.reason);
    } else {
      this.#isRejoining = true;
      this.#stopPatience();
      this.#rejoinsMs.push(clock.now() + remedy.afterMs);
      if (remedy.afterMs === 0) void this.#rejoin();
      else clock.after(remedy.afterMs, () => void this.#rejoin());
    }
  }

  /** Not at once: a connection that is destroyed ends every stream that it finds, also new ones. */
  async #resubscribe(userId: string): Promise<void> {
    await setImmediate();
    if (this.#speakers.has(userId)) this.#receiver.subscribe(userId);
  }

  /** Leaves the channel and comes back: only a new session has new keys. Never inside the library's own state change. */
  async #rejoin(): Promise<void> {
    await setImmediate();
    if (this.#isOver) return;
    for (const speaker of this.#speakers.values()) speaker.restart();
    this.#connection.disconnect();
    this.#gate.allow();
    this.#isRejoining = false;
    this.#awaitReady();
    this.#connection.rejoin({ channelId: this.#parts.channelId, selfDeaf: false, selfMute: true });
  }

  async #giveUp(reason: LeaveReason): Promise<void> {
    this.#isRejoining = true;
    // The library can't be destroyed inside its own state change.
    await setImmediate();
    if (this.#isOver) return;
    this.#end();
    this.#ready.reject(new Error(`The bot left the voice channel: ${reason}.`));
    this.#parts.onLeft(reason);
  }

  #end(): void {
    this.#isOver = true;
    this.#alarm.close();
    this.#stopPatience();
    this.#stopFarewell();
    for (const [userId, speaker] of this.#speakers) {
      this.#handOn(userId, speaker.segmenter.flush());
      speaker.heardFrom();
      this.#watchdog.end(userId);
    }
    this.#speakers.clear();
    this.#receiver.close();
    if (this.#connection.state.status !== VoiceConnectionStatus.Destroyed) this.#connection.destroy();
  }

  #handOn(userId: string, segments: readonly Segment[]): void {
    for (const segment of segments) {
      if (segment.kind === "too-short") this.#watchdog.drop("too-short", segment.span);
      else {
        this.#watchdog.utterance();
        this.#parts.onUtterance(userId, segment.utterance);
      }
    }
  }

  #tick(nowMs: number): void {
    for (const [userId, { segmenter }] of this.#speakers) this.#handOn(userId, segmenter.tick(nowMs));
    this.#watchdog.tick(nowMs);
  }
}
