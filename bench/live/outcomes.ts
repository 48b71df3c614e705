/** What became of everything that was said. Pure. */

import { SHORTEST_MS } from "../../src/bot/voice/segmenter.ts";
import type { VoiceHealth } from "../../src/store/index.ts";
import { PACKET_MS } from "../../test/discord/voice/microphone.ts";
import type { Said } from "./talk.ts";

/** A reading of a live utterance. */
export interface Read {
  readonly userId: string;
  /** When its first sound arrived, in ms since 1970. */
  readonly startMs: number;
  /** When the store told of it. */
  readonly toldMs: number;
}

/** What became of one utterance. */
type Fate =
  | "read"
  /** Not one packet was sent on to the bot: the call was on its way to another voice server. */
  | "notSent"
  /** So little of it was sent on to the bot that nothing of it was long enough. */
  | "cutShort"
  /** Too short from the beginning. */
  | "short"
  /** Cut, and what was left was long enough. */
  | "cut"
  /** All of it was sent on to the bot, and it was long enough. */
  | "whole";

/** What became of it all. */
export interface Outcomes {
  readonly said: number;
  /** Utterances by what became of them; all but the first have no reading. */
  readonly fates: Readonly<Record<Fate, number>>;
  /** Dropped utterances by the product's own reasons. */
  readonly dropped: VoiceHealth["dropped"];
  /** What was said, went out, was not read, and has no reason. */
  readonly unexplained: number;
  /** What the bot handed on that was neither read nor dropped by name. */
  readonly lostBehindBot: number;
  /** From the last sound of each utterance to its reading in the store, in ms, the shortest first. */
  readonly latenciesMs: readonly number[];
}

/**
 * For so long (ms) after a move the bot may not have the new call's key yet: what it can't decrypt of an utterance cuts it,
 * though a voice server sent all of it on.
 */
const KEY_WITHIN_MS = 5000;
/** Packets at the ends of an utterance may be lost, which makes it shorter. */
const LOST_AT_ENDS = 3;

/**
 * Compares what was said with what was read and what was dropped.
 * @param handedOn utterances that the bot handed on, as the session's health has it
 * @param droppedLate those of them that were dropped by name
 * @param moves when the call moved to another voice server, in ms since 1970
 */
export function outcomesOf(
  said: readonly Said[],
  reads: readonly Read[],
  { utterances: handedOn, dropped }: Pick<VoiceHealth, "utterances" | "dropped">,
  droppedLate: number,
  moves: readonly number[] = [],
): Outcomes {
  const saidBy = Map.groupBy(said, ({ userId }) => userId);
  const readsOf = Map.groupBy(reads, (read) => sourceOf(read, saidBy.get(read.userId) ?? []));
  const matched = said.map((each) => ({ each, reads: readsOf.get(each) ?? [] }));
  const fates = { read: 0, notSent: 0, cutShort: 0, short: 0, cut: 0, whole: 0 };
  for (const { each, reads } of matched) fates[fateOf(each, reads.length > 0, moves)] += 1;
  const { "too-short": tooShort = 0, ...others } = dropped;
  const named = Object.values(others).reduce((sum, count) => sum + count, 0);
  // What was never long enough for the bot has its reason in what became of its packets.
  const unexplainedWhole = Math.max(0, fates.whole - named);
  const namedStill = Math.max(0, named - fates.whole);
  const latencies = matched.flatMap(({ each, reads: [read, ...more] }) =>
    read && more.length === 0 && !isCut(each, moves) ? [read.toldMs - each.endMs] : [],
  );
  return {
    said: said.length,
    ...{ fates, dropped },
    unexplained: unexplainedWhole + Math.max(0, fates.cut + fates.short - tooShort - namedStill),
    lostBehindBot: handedOn - reads.length - droppedLate,
    latenciesMs: latencies.toSorted((a, b) => a - b),
  };
}

function fateOf(said: Said, isRead: boolean, moves: readonly number[]): Fate {
  if (isRead) return "read";
  if (said.passed === 0) return "notSent";
  const longest = Math.min(said.passed, Math.max(...said.sent));
  const isShort = (longest - 2 * LOST_AT_ENDS) * PACKET_MS < SHORTEST_MS;
  if (isCut(said, moves)) return isShort ? "cutShort" : "cut";
  return isShort ? "short" : "whole";
}

/** The value below which a share of the sorted values lies (nearest rank). */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** What a reading is of: what its speaker began to say last before it arrived. Packets may be on their way for a while. */
function sourceOf({ startMs }: Read, said: readonly Said[]): Said | undefined {
  return said.findLast((each) => each.startMs <= startMs);
}

function isCut({ packets, sent, passed, startMs, endMs }: Said, moves: readonly number[]): boolean {
  const isAtMove = moves.some((moveMs) => startMs < moveMs + KEY_WITHIN_MS && endMs > moveMs);
  return sent.length > 1 || passed < packets || isAtMove;
}
