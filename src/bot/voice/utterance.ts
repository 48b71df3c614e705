/** An utterance: one uninterrupted stretch of one speaker, and how it becomes a file. */

import { concealment, muxOggOpus, opusPacketSamples } from "../../ser/index.ts";
import type { RtpSpan } from "./rtp-header.ts";
import { isSilence } from "./silence.ts";

const SAMPLES_PER_MS = 48;

/** A packet at its place in the stream. */
export interface TimedPacket {
  readonly opus: Uint8Array;
  /** Counted on beyond 16 bits. */
  readonly sequence: number;
  /** In samples at 48 kHz, counted on beyond 32 bits. */
  readonly timestamp: number;
}

/** What somebody said. */
export interface Utterance {
  /** Its place in its speaker's stream. */
  readonly span: RtpSpan;
  /** When the first packet arrived, in ms since 1970. */
  readonly startedMs: number;
  /** From the first sound to the last. */
  readonly durationMs: number;
  /** How much of that never arrived. */
  readonly lostMs: number;
  /** Opus packets without a gap: concealment stands for what is lost, and for pauses in which nothing was sent. */
  readonly packets: readonly Uint8Array[];
}

/** Makes an utterance of packets in order, without the silence at its end. */
export function utteranceOf(packets: readonly TimedPacket[], startedMs: number, span: RtpSpan): Utterance {
  const end = packets.findLastIndex(({ opus }) => !isSilence(opus)) + 1;
  const filled: Uint8Array[] = [];
  let samples = 0;
  let lost = 0;
  let before: TimedPacket | undefined;
  for (const packet of packets.slice(0, end)) {
    if (before !== undefined) {
      const gap = gapBetween(before, packet);
      const missing = Math.min(gap, (packet.sequence - before.sequence - 1) * opusPacketSamples(before.opus));
      filled.push(...concealment(before.opus, gap));
      samples += gap;
      lost += missing;
    }
    filled.push(packet.opus);
    samples += opusPacketSamples(packet.opus);
    before = packet;
  }
  return { span, startedMs, durationMs: samples / SAMPLES_PER_MS, lostMs: lost / SAMPLES_PER_MS, packets: filled };
}

/** An Ogg/Opus file of it, its packets as they were sent. */
export function muxUtterance({ packets }: Utterance): Uint8Array {
  const isStereo = packets.some(([toc = 0]) => (toc & 4) !== 0);
  return muxOggOpus(packets, { channels: isStereo ? 2 : 1, preSkip: 0 });
}

/** Samples between two packets by the speaker's clock; by their numbers where that clock stands still. */
function gapBetween(before: TimedPacket, after: TimedPacket): number {
  const length = opusPacketSamples(before.opus);
  const byClock = after.timestamp - before.timestamp - length;
  const byNumber = (after.sequence - before.sequence - 1) * length;
  return Math.max(0, byClock, byNumber);
}
