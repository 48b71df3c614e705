/** Compares how long people spoke with how much of it arrived, and keeps count of every utterance that was dropped. */

import type { RtpHeader, RtpSpan } from "./rtp-header.ts";

/** Why an utterance was dropped. */
export const DROP_REASONS = ["too-short", "no-consent", "undecryptable", "undecodable", "queue-full", "stale"] as const;
/** One of them. */
export type DropReason = (typeof DROP_REASONS)[number];

/** Which utterance was dropped: where it was in its speaker's stream, or, once it is on its way, the id of its clip. */
export type DropPlace = RtpSpan | { readonly clip: string };

/** What became of one packet. */
export type PacketFate = "audio" | "no-consent" | "undecryptable" | "undecodable";

/** Silence of this length ends a stretch of speech, and with less than this there was none (ms). */
const GAP_MS = 600;
const SHORTEST_MS = 700;
const PACKET_MS = 20;

/** What the watchdog saw of one speaker, or of all. */
export interface VoiceReport {
  /** How long people with consent spoke. */
  readonly speakingMs: number;
  /** How much of it arrived as audio. */
  readonly audioMs: number;
  /** The share that arrived, from 0 to 1; `undefined` when nobody spoke. */
  readonly ratio: number | undefined;
  readonly utterances: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
}

interface Stretch {
  span: RtpSpan;
  readonly startMs: number;
  lastMs: number;
  readonly fates: Map<PacketFate, number>;
}

/** Watches one channel. */
export class Watchdog {
  readonly #onDrop: (reason: DropReason, place: DropPlace) => void;
  readonly #stretches = new Map<string, Stretch>();
  readonly #dropped = new Map<DropReason, number>();
  #speakingMs = 0;
  #audioMs = 0;
  #utterances = 0;

  /** @param onDrop hears of each utterance that was dropped */
  constructor(onDrop: (reason: DropReason, place: DropPlace) => void) {
    this.#onDrop = onDrop;
  }

  /** When `tick` shall be called, in ms since 1970; `undefined` while nobody speaks. */
  get deadlineMs(): number | undefined {
    const ends = [...this.#stretches.values()].map(({ lastMs }) => lastMs + GAP_MS);
    return ends.length > 0 ? Math.min(...ends) : undefined;
  }

  /** A packet of a speaker came over the network. */
  packet(userId: string, fate: PacketFate, { ssrc, sequence }: RtpHeader, nowMs: number): void {
    this.tick(nowMs);
    const span = { ssrc, first: sequence, last: sequence };
    const stretch = this.#stretches.get(userId) ?? { span, startMs: nowMs, lastMs: nowMs, fates: new Map() };
    stretch.span = ssrc === stretch.span.ssrc ? { ...stretch.span, last: sequence } : span;
    stretch.lastMs = nowMs;
    stretch.fates.set(fate, (stretch.fates.get(fate) ?? 0) + 1);
    this.#stretches.set(userId, stretch);
  }

  /** Lets time pass. */
  tick(nowMs: number): void {
    for (const [userId, stretch] of this.#stretches) {
      if (nowMs - stretch.lastMs < GAP_MS) continue;
      this.#stretches.delete(userId);
      this.#close(stretch);
    }
  }

  /** Takes what a speaker said so far as said. */
  end(userId: string): void {
    const stretch = this.#stretches.get(userId);
    this.#stretches.delete(userId);
    if (stretch) this.#close(stretch);
  }

  /** An utterance was handed on. */
  utterance(): void {
    this.#utterances += 1;
  }

  /** An utterance was dropped. */
  drop(reason: DropReason, place: DropPlace): void {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + 1);
    this.#onDrop(reason, place);
  }

  /** Everything so far; speech under way isn't in it. */
  report(): VoiceReport {
    const count = (reason: DropReason) => this.#dropped.get(reason) ?? 0;
    return {
      speakingMs: this.#speakingMs,
      audioMs: this.#audioMs,
      ratio: this.#speakingMs > 0 ? Math.min(1, this.#audioMs / this.#speakingMs) : undefined,
      utterances: this.#utterances,
      dropped: {
        "too-short": count("too-short"),
        "no-consent": count("no-consent"),
        undecryptable: count("undecryptable"),
        undecodable: count("undecodable"),
        "queue-full": count("queue-full"),
        stale: count("stale"),
      },
    };
  }

  #close({ span, startMs, lastMs, fates }: Stretch): void {
    const durationMs = lastMs - startMs + PACKET_MS;
    const heard = fates.get("audio") ?? 0;
    if (!fates.has("no-consent")) {
      this.#speakingMs += durationMs;
      this.#audioMs += heard * PACKET_MS;
    }
    // Where something was heard, the segmenter says what became of it.
    if (heard > 0 || durationMs < SHORTEST_MS) return;
    const [reason] = [...fates].toSorted(([, a], [, b]) => b - a)[0] ?? [];
    if (reason !== undefined && reason !== "audio") this.drop(reason, span);
  }
}
