/** A recording as it sounds after Discord: for evaluation. */

import { DEFAULT_LIMITS } from "./limits.ts";
import { encodeOggOpus } from "./opus-encode.ts";

/**
 * Decodes an audio file and encodes it as Ogg/Opus at `kbits` kbit/s.
 * @throws UserError as `decode` does
 */
export async function reencodeOpus(bytes: Uint8Array, kbits: number): Promise<Uint8Array> {
  // Decoders are for the analysis threads: whoever only opens an analyzer doesn't need their 7 MB.
  const { decode } = await import("./decode/index.ts");
  const { samples } = await decode(bytes, DEFAULT_LIMITS);
  return encodeOggOpus(samples, kbits);
}
