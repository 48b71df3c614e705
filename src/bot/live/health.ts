/** How well a session hears, as it is kept, counted and logged. */

import type { VoiceHealth } from "../../store/index.ts";
import { DROP_REASONS, type DropReason, type VoiceReport } from "../voice/watchdog.ts";

/** What came to the sums since the last time, for counters. */
export interface HeardSince {
  /** How long people who agreed spoke, and how much of it arrived, in ms. */
  readonly speakingMs: number;
  readonly audioMs: number;
  /** Utterances handed on to be read. */
  readonly utterances: number;
  /** Dropped ones by reason. */
  readonly dropped: Readonly<Record<DropReason, number>>;
}

/** A report as the store keeps it. */
export function healthOf({ ratio, ...rest }: VoiceReport): VoiceHealth {
  return { ...rest, ratio: ratio ?? null };
}

/** What a report has more than an earlier one; undefined when that is nothing. */
export function since(before: VoiceReport, now: VoiceReport): HeardSince | undefined {
  const dropped = { ...now.dropped };
  for (const reason of DROP_REASONS) dropped[reason] -= before.dropped[reason];
  const grown = {
    speakingMs: now.speakingMs - before.speakingMs,
    audioMs: now.audioMs - before.audioMs,
    utterances: now.utterances - before.utterances,
  };
  const hasGrown = [...Object.values(grown), ...Object.values(dropped)].some((value) => value > 0);
  return hasGrown ? { ...grown, dropped } : undefined;
}
