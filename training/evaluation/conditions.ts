/** What happens to a clip before it is scored. */

import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { decode } from "../../src/ser/decode/index.ts";
import { DEFAULT_LIMITS } from "../../src/ser/limits.ts";
import { encodeOggOpus } from "../../src/ser/opus-encode.ts";
import { randomFrom } from "./random.ts";
import { colouredNoise, mixed, reverberated, rms, scaledTo } from "./sound.ts";

/**
 * - `clean`: the file as it is on disk
 * - `opus`: after a round trip through Opus at 32 kbit/s, as a Discord client would send it
 * - `noise`: in a room with noise at 10 dB, then through Opus
 */
export const CONDITIONS = ["clean", "opus", "noise"] as const;
/** One of `CONDITIONS`. */
export type Condition = (typeof CONDITIONS)[number];

/** Bit rate of the round trip, kbit/s. */
export const OPUS_KBITS = 32;
/** Power of the reverberant speech over that of the noise, dB. */
const SNR_DB = 10;

/** Where clips come from, and where those that were prepared are kept. */
export interface ClipFolders {
  readonly data: string;
  readonly work: string;
}

/**
 * The bytes of a clip under a condition. Encoding costs more than scoring, so it is done once for all models: the
 * results lie in the work folder under the hash of what they were made of.
 * @throws UserError when the clip can't be decoded, or the file system's error when it can't be read
 */
export async function clipUnder(condition: Condition, path: string, folders: ClipFolders): Promise<Uint8Array> {
  const original = await readFile(join(folders.data, path));
  if (condition === "clean") return original;
  const key = createHash("sha256")
    .update(original)
    .update(condition === "noise" ? path : "")
    .digest("hex");
  const folder = join(folders.work, "audio", condition);
  const kept = join(folder, `${key}.ogg`);
  const found = await readFile(kept).catch(() => undefined);
  if (found) return found;
  const { samples } = await decode(original, DEFAULT_LIMITS);
  const encoded = encodeOggOpus(condition === "noise" ? inNoisyRoom(samples, path) : samples, OPUS_KBITS);
  await mkdir(folder, { recursive: true });
  // Written aside first: a run that is broken off must not leave half a file.
  await writeFile(`${kept}.${threadId}`, encoded);
  await rename(`${kept}.${threadId}`, kept);
  return encoded;
}

/** Speech in a small room (RT60 0.2 to 0.5 s) with coloured noise (0 to 6 dB per octave), both by the seed. */
export function inNoisyRoom(samples: Float32Array, seed: string): Float32Array {
  const random = randomFrom(`room ${seed}`);
  const speech = reverberated(samples, random.uniform(0.2, 0.5), random.uniform(-12, -6));
  const noise = colouredNoise(samples.length, random.uniform(0, 6), random);
  return mixed(speech, scaledTo(noise, rms(speech) * 10 ** (-SNR_DB / 20)));
}
