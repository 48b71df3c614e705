/** One live session: hears those who agreed, shows the mood, and leaves when it is time. */

import { UserError } from "../../errors.ts";
import type { Change } from "../../store/index.ts";
import { loggable } from "../loggable.ts";
import type { EndReason } from "../voice/farewell.ts";
import { VoiceListener } from "../voice/listener.ts";
import { ChannelTexts } from "./channel-texts.ts";
import { departureOf } from "./departure.ts";
import { HandingOn } from "./handing-on.ts";
import { Health } from "./health.ts";
import { mark, unmark } from "./mark.ts";
import { MoodBoard } from "./mood-board.ts";
import { liveNotice } from "./panel.ts";
import { Readout } from "./readout.ts";
import { type ReadoutBody, readoutBody, readoutOver } from "./readout-message.ts";
import { Roll } from "./roll.ts";
import type { SessionParts } from "./session-parts.ts";
import type { LiveStatus } from "./status-text.ts";
import { summary } from "./summary.ts";
import { Welcome } from "./welcome.ts";
import { type Sorted, sortByConsent } from "./willing.ts";

/** The bot is in the channel within this (ms), or the session isn't begun. */
const READY_WITHIN_MS = 20_000;
/** What was said last is waited for so long (ms) before the last word. */
const LAST_READINGS_MS = 5000;

/** A session from `begin` to `end`. */
export class LiveSession {
  readonly id: string;
  readonly channelId: string;
  readonly startedBy: string;
  readonly #parts: SessionParts;
  readonly #startedMs: number;
  readonly #listener: VoiceListener;
  readonly #handingOn: HandingOn;
  readonly #health: Health;
  readonly #roll: Roll;
  readonly #board: MoodBoard;
  readonly #texts: ChannelTexts;
  #readout: Readout<ReadoutBody> | undefined;
  #welcome: Welcome | undefined;
  #stopDeparture = () => {};
  #beginning: Promise<void> | undefined;
  #ending: Promise<void> | undefined;
  /** Whether the channel was told that Timbre listens. */
  #isAnnounced = false;
  /** Whether it has begun: only then it leaves by itself. */
  #isUnderWay = false;

  /** Joins the channel. */
  constructor(parts: SessionParts) {
    const { id, channel, startedBy, clock, logger, store, queue, group } = parts;
    this.#parts = parts;
    this.id = id;
    this.channelId = channel.id;
    this.startedBy = startedBy;
    this.#startedMs = clock.now();
    this.#roll = new Roll(this.#startedMs);
    this.#board = new MoodBoard(this.#startedMs, parts.halfLifeMs);
    this.#texts = new ChannelTexts(channel, logger);
    this.#listener = new VoiceListener({
      ...{ guildId: channel.guildId, channelId: channel.id, group, clock, logger },
      adapterCreator: channel.guild.voiceAdapterCreator,
      onUtterance: (userId, utterance) => void this.#handingOn.send(userId, utterance),
      onLeft: (reason) => void this.end(reason),
    });
    this.#health = new Health({
      ...{ sessionId: id, live: store.live, clock, logger, onHeard: parts.onHeard },
      report: () => this.#listener.report(),
    });
    this.#handingOn = new HandingOn({
      ...{ sessionId: id, utterances: store.utterances, queue, clock, logger },
      onLost: (clipId) => this.#listener.drop("queue-full", clipId),
    });
  }

  /**
   * Waits until the bot is there, tells everybody, and begins to listen to those who agreed before. If it fails, the
   * session has to be ended. @throws UserError `voice-unreachable` or `voice-closed`
   */
  begin(): Promise<void> {
    this.#beginning = this.#begin();
    return this.#beginning;
  }

  async #begin(): Promise<void> {
    const { channel, clock, logger, store } = this.#parts;
    const refusal = (code: "voice-unreachable" | "voice-closed", cause?: unknown) =>
      new UserError(code, { channel: `<#${channel.id}>` }, { cause });
    await this.#ready().catch((cause: unknown) => {
      throw refusal("voice-unreachable", cause);
    });
    for (const { id, user } of channel.members.values()) if (!user.bot) this.#roll.place(id, true, clock.now());
    const told = this.#roll.present;
    const people = await sortByConsent(store, this.id, told);
    await this.#announce(people).catch((cause: unknown) => {
      throw refusal("voice-closed", cause);
    });
    const welcome = new Welcome({ clock, tell: (userIds) => this.#tell(userIds) }, told);
    this.#welcome = welcome;
    await mark(channel.guild, logger);
    for (const userId of people.willing) await store.live.choose(this.id, userId, true);
    if (this.#ending) throw refusal("voice-unreachable");
    this.#isUnderWay = true;
    // Who came or went in between.
    for (const { id, user } of channel.members.values()) this.place(id, true, user.bot);
    for (const userId of this.#roll.present) {
      if (!channel.members.has(userId)) this.place(userId, false, false);
      else if (!this.#roll.isHeard(userId)) welcome.greet(userId);
    }
    // Also what nobody adds to fades.
    this.#health.watch(() => this.#readout?.touch());
    this.#plan();
  }

  async #ready(): Promise<void> {
    const patience = Promise.withResolvers<never>();
    const tooLate = () => patience.reject(new Error("The voice server is silent."));
    const stopPatience = this.#parts.clock.after(READY_WITHIN_MS, tooLate);
    await Promise.race([this.#listener.ready(), patience.promise]).finally(stopPatience);
  }

  /** The first words: the notice, and the readout under it. */
  async #announce(people: Sorted): Promise<void> {
    const { clock, logger, store } = this.#parts;
    await this.#notify(people);
    this.#isAnnounced = true;
    const shown = this.#render();
    await store.live.setMessage(this.id, await this.#texts.showReadout(shown));
    this.#readout = new Readout<ReadoutBody>(
      {
        clock,
        render: () => this.#render(),
        send: (body) => this.#texts.changeReadout(body),
        onError: (error) => logger.warn({ err: loggable(error) }, "readout couldn't be shown"),
      },
      shown,
    );
  }

  /** How it is doing. */
  status(): LiveStatus {
    const { startedBy, channelId } = this;
    return {
      ...{ channelId, startedBy, startedAt: new Date(this.#startedMs), speakers: this.#roll.included },
      endsAt: new Date(this.#startedMs + this.#parts.rules.longestMs),
      health: this.#health.now(),
    };
  }

  /** Somebody takes part from now on. @throws UserError `live-opted-out` or `live-over`. */
  async include(userId: string): Promise<void> {
    const { live, consents } = this.#parts.store;
    if ((await consents.of(userId)).optedOut) throw new UserError("live-opted-out");
    this.#roll.comeBack(userId);
    // The event of it opens the ear, so that nobody is heard of whom the store doesn't know that they agree.
    if (this.#ending || !(await live.choose(this.id, userId, true))) throw new UserError("live-over");
  }

  /** Somebody doesn't take part any more. They aren't heard from this moment on, whatever becomes of the rest. */
  async leaveOut(userId: string): Promise<void> {
    this.#roll.leave(userId, this.#parts.clock.now());
    this.#forget(userId);
    await this.#parts.store.live.choose(this.id, userId, false);
  }

  /** Somebody is in the channel, or isn't any more. */
  place(userId: string, isHere: boolean, isBot: boolean): void {
    if (isBot || this.#ending) return;
    const isNew = this.#roll.place(userId, isHere, this.#parts.clock.now());
    if (isNew && isHere && !this.#roll.isHeard(userId)) this.#welcome?.greet(userId);
    this.#plan();
  }

  /** Something happened in this session. */
  onChange(change: Change): void {
    if (change.kind === "session") this.#follow(change);
    else if (change.kind === "dropped") {
      this.#handingOn.settle(change.clipId);
      this.#listener.drop(change.reason, change.clipId);
    } else if (change.kind === "reading") {
      const { clipId, subjectId, at, durationMs, scores } = change;
      this.#handingOn.settle(clipId);
      if (subjectId === null || !this.#roll.included.includes(subjectId)) return;
      this.#board.add(subjectId, { atMs: at.getTime(), durationMs, scores });
      this.#readout?.touch();
    }
  }

  /** Leaves, and says why. Resolves when all is said; again changes nothing. */
  end(reason: EndReason): Promise<void> {
    this.#ending ??= this.#end(reason);
    return this.#ending;
  }

  async #end(reason: EndReason): Promise<void> {
    const { channel, clock, logger, store, t } = this.#parts;
    this.#stopDeparture();
    this.#welcome?.close();
    this.#listener.leave();
    await this.#beginning?.catch(() => undefined);
    this.#readout?.close();
    await this.#handingOn.finish(LAST_READINGS_MS).catch(this.#complain("last utterances couldn't be dropped"));
    await this.#health.end();
    await store.live.end(this.id, reason).catch(this.#complain("session couldn't be ended in the store"));
    const health = this.#health.now();
    logger.info({ reason, ...health }, "live session is over");
    if (this.#isAnnounced) {
      const past = { reason, channelName: channel.name, durationMs: clock.now() - this.#startedMs };
      await this.#texts.end(readoutOver(channel.name, t), summary({ ...past, board: this.#board, health }, t));
      await unmark(channel.guild, logger);
    }
    this.#parts.onOver();
  }

  /** Takes over who takes part, from whichever process it was decided. */
  #follow({ speakers, endedAt, endReason }: Extract<Change, { kind: "session" }>): void {
    if (this.#ending) return;
    if (endedAt !== null) void this.end(endReason === "stopped" ? "stopped" : "lost");
    for (const userId of this.#roll.update(speakers, this.#parts.clock.now())) this.#forget(userId);
    for (const userId of this.#roll.included) this.#listener.include(userId);
    this.#readout?.touch();
    this.#plan();
  }

  #forget(userId: string): void {
    this.#listener.exclude(userId);
    this.#board.forget(userId);
    this.#readout?.touch();
    this.#plan();
  }

  #render(): ReadoutBody {
    const { channel, clock, halfLifeMs, t } = this.#parts;
    const nowMs = clock.now();
    return readoutBody(
      {
        ...{ sessionId: this.id, channelName: channel.name, halfLifeMs },
        mood: this.#board.channel(nowMs),
        rows: this.#board.rows(this.#roll.included, nowMs),
      },
      t,
    );
  }

  /** Tells those who joined, and listens to those of them who allowed it before. */
  async #tell(userIds: readonly string[]): Promise<void> {
    const { store } = this.#parts;
    try {
      const people = await sortByConsent(store, this.id, userIds);
      if (people.asked.length + people.willing.length === 0) return;
      await this.#notify(people);
      for (const userId of people.willing) await store.live.choose(this.id, userId, true);
    } catch (error) {
      this.#complain("those who joined couldn't be told")(error);
    }
  }

  #notify({ asked, willing }: Sorted): Promise<void> {
    const { rules, t } = this.#parts;
    const { id: sessionId, startedBy, channelId } = this;
    return this.#texts.announce(
      liveNotice({ sessionId, channelId, startedBy, longestMs: rules.longestMs, asked, willing }, t),
    );
  }

  #plan(): void {
    const { clock, rules } = this.#parts;
    this.#stopDeparture();
    if (this.#ending || !this.#isUnderWay) return;
    const { atMs, reason } = departureOf(this.#roll.attendance(), rules);
    this.#stopDeparture = clock.after(Math.max(0, atMs - clock.now()), () => void this.end(reason));
  }

  #complain(message: string) {
    return (error: unknown) => this.#parts.logger.error({ err: loggable(error) }, message);
  }
}
