/** What became of everything that was said, one utterance after the other. Pure. */

import type { RtpSpan } from "../../src/bot/voice/rtp-header.ts";
import { SHORTEST_MS } from "../../src/bot/voice/segmenter.ts";
import { PACKET_MS } from "../../test/discord/voice/microphone.ts";
import type { Said } from "./talk.ts";

/** Something that the bot heard, and what became of it. */
export interface Heard {
  /** Which packets it was made of. */
  readonly span: RtpSpan;
  /** When the bot was done with it, in ms since 1970. */
  readonly atMs: number;
  /** When the store told of its reading, in ms since 1970; undefined where it has none. */
  readonly toldMs?: number | undefined;
  /** Why it was dropped, by the product's own names. */
  readonly reason?: string | undefined;
}

/** What became of one utterance. */
type Fate =
  | "read"
  /** Not read, and the bot named a reason for it all. */
  | "dropped"
  /** Not one packet was sent on to the bot: the call was on its way to another voice server. */
  | "notSent"
  /** What was sent on to the bot was too short, and the bot heard nothing of it. */
  | "cutShort"
  /** Not read, and no reason. */
  | "unexplained";

/** What became of it all. */
export interface Outcomes {
  readonly said: number;
  readonly fates: Readonly<Record<Fate, number>>;
  /** What was said, went out, was not read, and has no reason. */
  readonly unexplained: readonly Said[];
  /** What the bot handed on that was neither read nor dropped by name. */
  readonly lostBehindBot: number;
  /** From the last sound of each utterance to its reading in the store, in ms, the shortest first. */
  readonly latenciesMs: readonly number[];
}

/** For so long (ms) the numbers of packets mean the same: the bot is done with an utterance by then, also when it is behind. */
const DONE_WITHIN_MS = 30_000;
/** Packets at the ends of an utterance may be lost, which makes it shorter. */
const LOST_AT_ENDS = 3;
const SEQUENCES = 2 ** 16;

/** Compares what was said with what the bot heard of it, packet by packet. */
export function outcomesOf(said: readonly Said[], heard: readonly Heard[]): Outcomes {
  const fates = { read: 0, dropped: 0, notSent: 0, cutShort: 0, unexplained: 0 };
  const bySsrc = Map.groupBy(heard, ({ span }) => span.ssrc);
  const unexplained: Said[] = [];
  const latencies: number[] = [];
  for (const each of said) {
    const parts = each.sent.flatMap(({ ssrc }) => bySsrc.get(ssrc) ?? []).filter((part) => isOf(part, each));
    const fate = fateOf(each, parts);
    fates[fate] += 1;
    if (fate === "unexplained") unexplained.push(each);
    const [{ toldMs } = {}, ...more] = parts;
    if (toldMs !== undefined && more.length === 0 && isWhole(each, parts)) latencies.push(toldMs - each.endMs);
  }
  return {
    said: said.length,
    ...{ fates, unexplained },
    lostBehindBot: heard.filter(({ toldMs, reason }) => toldMs === undefined && reason === undefined).length,
    latenciesMs: latencies.toSorted((a, b) => a - b),
  };
}

function fateOf(said: Said, parts: readonly Heard[]): Fate {
  if (parts.some(({ toldMs }) => toldMs !== undefined)) return "read";
  const named = parts.filter(({ reason }) => reason !== undefined && (reason !== "too-short" || isShort(said)));
  // A reason for a part is none for an utterance that vanished beside it.
  const withoutReason = said.passed - packetsIn(said, named);
  if (named.length > 0 && withoutReason * PACKET_MS < SHORTEST_MS) return "dropped";
  if (said.passed === 0) return "notSent";
  return said.passed * PACKET_MS < SHORTEST_MS ? "cutShort" : "unexplained";
}

/** Whether no server sent enough of it on to the bot for an utterance that is long enough, whatever gets lost at its ends. */
function isShort({ sent, passed }: Said): boolean {
  const longest = Math.min(passed, Math.max(...sent.map(({ packets }) => packets)));
  return (longest - 2 * LOST_AT_ENDS) * PACKET_MS < SHORTEST_MS;
}

function isOf(part: Heard, said: Said): boolean {
  const isInTime = part.atMs >= said.startMs && part.atMs < said.endMs + DONE_WITHIN_MS;
  return isInTime && packetsIn(said, [part]) > 0;
}

function isWhole(said: Said, parts: readonly Heard[]): boolean {
  return said.sent.length === 1 && packetsIn(said, parts) >= said.packets - 2 * LOST_AT_ENDS;
}

/** How many of an utterance's packets lie in these parts. */
function packetsIn({ sent }: Said, parts: readonly Heard[]): number {
  return parts
    .flatMap(({ span }) => sent.filter(({ ssrc }) => ssrc === span.ssrc).map((each) => [each, span] as const))
    .reduce((sum, [{ first, packets }, span]) => {
      const from = onwards(first, span.first);
      const length = onwards(span.first, span.last) + 1;
      // The part begins within what was sent, or what was sent begins within the part.
      if (from < packets) return sum + Math.min(length, packets - from);
      return sum + Math.max(0, Math.min(length - onwards(span.first, first), packets));
    }, 0);
}

/** The way from one number to another, round the circle of 16 bits. */
function onwards(from: number, to: number): number {
  return (to - from + SEQUENCES) % SEQUENCES;
}
