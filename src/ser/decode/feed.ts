/** Feeds audio-decode's streaming decoders (WebAssembly) piece by piece into a sink. */

import decoders, { type AudioData } from "audio-decode";
import { UserError } from "../../errors.ts";
import type { PcmSink } from "./pcm-sink.ts";

/** A decoder may give nothing for this many pieces, and for one more with every few good ones. */
const MAX_FRUITLESS_PIECES = 500;
const GOOD_PER_FRUITLESS = 4;

/**
 * Decodes `pieces` in order. They must be so small that none of them can decode to much.
 * @param delayAt samples that the decoder puts before the sound, by its output's rate in Hz
 * @returns whether the decoder was content with all of them, and there was sound in them
 * @throws UserError as `PcmSink.write` does
 */
export async function feed(
  codec: "mp3" | "flac" | "oga" | "aac",
  pieces: Iterable<Uint8Array>,
  sink: PcmSink,
  delayAt: (rateHz: number) => number = () => 0,
): Promise<boolean> {
  const decoder = await decoders[codec]();
  let fruitless = 0;
  let good = 0;
  let skip: number | undefined;
  const take = ({ channelData, sampleRate }: AudioData): void => {
    const length = channelData[0]?.length ?? 0;
    if (length === 0) return;
    skip ??= delayAt(sampleRate);
    const start = Math.min(skip, length);
    skip -= start;
    sink.write(start === 0 ? channelData : channelData.map((channel) => channel.subarray(start)), sampleRate);
  };
  try {
    for (const piece of pieces) {
      const decoded = await decoder(piece);
      take(decoded);
      if (decoded.channelData.length === 0) fruitless += 1;
      else good += 1;
      // Bad pieces cost more than good ones: a file of little else must come to an end.
      if (fruitless > MAX_FRUITLESS_PIECES + good / GOOD_PER_FRUITLESS) return false;
    }
    take(await decoder.flush());
    return skip !== undefined;
  } catch (error) {
    if (error instanceof UserError) throw error;
    return false;
  } finally {
    decoder.free();
  }
}
