/** One speaker's packets and a clock in, utterances out. Nothing else goes on here. */

import { opusPacketSamples } from "../../ser/index.ts";
import type { RtpSpan } from "./rtp-header.ts";
import { isSilence } from "./silence.ts";
import { type TimedPacket, type Utterance, utteranceOf } from "./utterance.ts";

/** An utterance ends when nothing was heard for so long. */
export const SILENCE_MS = 600;
/** What the network or a busy machine holds back comes within this (ms). */
const STALL_MS = 3000;
/** A longer one is cut. */
export const LONGEST_MS = 10_000;
/** In a shorter one there is no emotion to hear. */
export const SHORTEST_MS = 700;
const SAMPLES_PER_MS = 48;
const SEQUENCES = 2 ** 16;
const TIMESTAMPS = 2 ** 32;
/**
 * A stream doesn't leap that far ahead by losses, nor back because packets overtake each other: it began anew. Both as
 * RFC 3550 has them (appendix A.1, MAX_DROPOUT and MAX_MISORDER): a minute and two seconds.
 */
const LEAP_AHEAD_PACKETS = 3000;
const LEAP_BACK_PACKETS = 100;

/** A packet as it came from the network. */
export interface VoicePacket {
  readonly opus: Uint8Array;
  readonly ssrc: number;
  /** 16 bits, as in its header. */
  readonly sequence: number;
  /** 32 bits, in samples at 48 kHz, as in its header. */
  readonly timestamp: number;
}

/** What became of a stretch of speech. */
export type Segment =
  | { readonly kind: "utterance"; readonly utterance: Utterance }
  | { readonly kind: "too-short"; readonly durationMs: number; readonly span: RtpSpan };

interface Open {
  readonly ssrc: number;
  readonly startedMs: number;
  readonly first: TimedPacket;
  readonly packets: Map<number, TimedPacket>;
  /** When sound arrived last. */
  soundMs: number;
  /** The latest packet in the stream's own order. */
  last: TimedPacket;
}

/** Cuts one speaker's stream. */
export class Segmenter {
  #open: Open | undefined;
  /** Position of the latest packet, counted on beyond 16 and 32 bits. */
  #latest: { readonly ssrc: number; readonly sequence: number; readonly timestamp: number } | undefined;
  /** Packets up to here belong to utterances that are over. */
  #endedSequence = Number.NEGATIVE_INFINITY;

  /** When `tick` shall be called (ms since 1970); `undefined` while nobody speaks. */
  get deadlineMs(): number | undefined {
    return this.#open && this.#open.soundMs + (isUnfinished(this.#open) ? STALL_MS : SILENCE_MS);
  }

  /**
   * Takes a packet in, in any order; doubles and latecomers change nothing. Whether there was silence before it, the
   * speaker's own clock says: the packet itself may have waited for us.
   */
  push(packet: VoicePacket, nowMs: number): Segment[] {
    const ended: Segment[] = [];
    if (this.#isAnotherStream(packet)) ended.push(...this.endStream());
    const timed = this.#place(packet);
    if (timed.sequence <= this.#endedSequence) return ended;
    if (this.#open && this.#isApart(timed, this.#open)) ended.push(...this.flush());
    if (this.#open === undefined) {
      // Silence doesn't begin an utterance.
      if (isSilence(packet.opus)) return ended;
      this.#open = {
        ssrc: packet.ssrc,
        startedMs: nowMs,
        first: timed,
        packets: new Map(),
        soundMs: nowMs,
        last: timed,
      };
    }
    const open = this.#open;
    open.packets.set(timed.sequence, open.packets.get(timed.sequence) ?? timed);
    if (timed.sequence > open.last.sequence) open.last = timed;
    if (!isSilence(packet.opus)) open.soundMs = nowMs;
    return ended;
  }

  /** Lets time pass. */
  tick(nowMs: number): Segment[] {
    return this.deadlineMs !== undefined && nowMs >= this.deadlineMs ? this.flush() : [];
  }

  /** Ends the utterance under way. */
  flush(): Segment[] {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return [];
    this.#endedSequence = open.last.sequence;
    const packets = [...open.packets.values()].toSorted((a, b) => a.sequence - b.sequence);
    const utterance = utteranceOf(packets, open.startedMs, spanOf(open));
    const { durationMs, span } = utterance;
    return [durationMs < SHORTEST_MS ? { kind: "too-short", durationMs, span } : { kind: "utterance", utterance }];
  }

  /**
   * Ends the stream. The next one may have the same SSRC and numbers close by: another voice server gives both anew, and
   * what it sends isn't late.
   */
  endStream(): Segment[] {
    const ended = this.flush();
    this.#latest = undefined;
    this.#endedSequence = Number.NEGATIVE_INFINITY;
    return ended;
  }

  /** Forgets what is under way; says where it was, if there was something. */
  discard(): RtpSpan | undefined {
    const open = this.#open;
    this.#open = undefined;
    if (open) this.#endedSequence = open.last.sequence;
    return open && spanOf(open);
  }

  #isAnotherStream({ ssrc, sequence }: VoicePacket): boolean {
    if (this.#latest === undefined) return false;
    const leap = step(this.#latest.sequence, sequence, SEQUENCES);
    return ssrc !== this.#latest.ssrc || leap > LEAP_AHEAD_PACKETS || leap < -LEAP_BACK_PACKETS;
  }

  #place({ opus, ssrc, sequence, timestamp }: VoicePacket): TimedPacket {
    const before = this.#latest ?? { sequence, timestamp };
    const placed = {
      sequence: before.sequence + step(before.sequence, sequence, SEQUENCES),
      timestamp: before.timestamp + step(before.timestamp, timestamp, TIMESTAMPS),
    };
    if (this.#latest === undefined || placed.sequence > before.sequence) this.#latest = { ssrc, ...placed };
    return { opus, ...placed };
  }

  /** Whether silence lies between, by the speaker's own clock, or the utterance would become too long. */
  #isApart(packet: TimedPacket, { first, last }: Open): boolean {
    if (packet.sequence < last.sequence) return false;
    const gap = packet.timestamp - last.timestamp - opusPacketSamples(last.opus);
    const length = packet.timestamp + opusPacketSamples(packet.opus) - first.timestamp;
    return gap >= SILENCE_MS * SAMPLES_PER_MS || length > LONGEST_MS * SAMPLES_PER_MS;
  }
}

/**
 * Whether it is too short so far, and more of it may be on its way: clients say when somebody falls silent, and this one
 * hasn't. Nobody waits for what is too short, so there is time to see.
 */
function isUnfinished({ first, last }: Open): boolean {
  const length = last.timestamp + opusPacketSamples(last.opus) - first.timestamp;
  return !isSilence(last.opus) && length < SHORTEST_MS * SAMPLES_PER_MS;
}

function spanOf({ ssrc, first, last, packets }: Open): RtpSpan {
  // The packet that arrived first may have overtaken others.
  const from = Math.min(first.sequence, ...packets.keys());
  return { ssrc, first: onCircle(from, SEQUENCES), last: onCircle(last.sequence, SEQUENCES) };
}

function onCircle(number: number, size: number): number {
  return ((number % size) + size) % size;
}

/** The way from one number to another on a circle, the shorter way round. */
function step(from: number, to: number, size: number): number {
  const forward = onCircle(to - from, size);
  return forward >= size / 2 ? forward - size : forward;
}
