/** Gaps in a stream of Opus packets, so that what comes after them stays in its place (RFC 7845, section 4.1). */

import { opusPacketSamples } from "./decode/opus-packet.ts";

/** Configuration and channels; the frame count's two bits at 0 say "one frame". */
const ONE_FRAME = 0xfc;

/**
 * Packets that stand for `samples` (at 48 kHz) which never arrived: of each there is only the first byte, which
 * asks the decoder to conceal a loss. They are coded as the packet `before` them; what is shorter than one is left out.
 */
export function concealment(before: Uint8Array, samples: number): Uint8Array[] {
  const packet = Uint8Array.of((before[0] ?? 0) & ONE_FRAME);
  const packetSamples = opusPacketSamples(packet);
  if (packetSamples === 0) return [];
  return Array.from({ length: Math.round(samples / packetSamples) }, () => packet);
}
