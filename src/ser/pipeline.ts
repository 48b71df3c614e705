/** The pipeline: bytes -> samples -> what the model hears and the acoustic profile -> reading. */

import { type DecodeLimits, decode, release } from "./decode/index.ts";
import { acousticProfile } from "./features/profile.ts";
import { hear } from "./hear.ts";
import type { Classifier } from "./model/classifier.ts";
import type { Reading } from "./reading.ts";
import { baselineOf, type SpeakerStatistics, UNHEARD, withUtterance } from "./speaker.ts";

/** A reading, and the statistics of its speaker with this clip in them. */
export interface ReadingInContext {
  readonly reading: Reading;
  /** Unchanged where nobody speaks, or where the model has no adaptation. */
  readonly speaker: SpeakerStatistics;
}

/** How long the parts of one analysis took, and how much audio they were about, in ms. */
export interface AnalysisTimes {
  readonly decodeMs: number;
  readonly inferenceMs: number;
  readonly profileMs: number;
  readonly audioMs: number;
}

/**
 * Reads one clip of a speaker of whom something may be known.
 * @param onTimes is told how long it took, if it came to a reading
 * @throws UserError when the bytes can't be decoded within the limits.
 */
export async function readClip(
  bytes: Uint8Array,
  limits: DecodeLimits,
  classifier: Classifier,
  speaker: SpeakerStatistics = UNHEARD,
  onTimes: (times: AnalysisTimes) => void = () => undefined,
): Promise<ReadingInContext> {
  const startMs = performance.now();
  const { samples, durationMs } = await decode(bytes, limits);
  const decodedMs = performance.now();
  const { name, version, adaptation } = classifier.manifest;
  // Statistics of another model say nothing to this one.
  const known = speaker.mean.length === adaptation?.size ? speaker : UNHEARD;
  const baseline = adaptation && baselineOf(known, adaptation);
  const { verdict, embedding } = await hear(samples, classifier, baseline);
  const { timeline, ...rest } = verdict;
  const heardMs = performance.now();
  const profile = acousticProfile(samples);
  release([samples]);
  onTimes({
    decodeMs: decodedMs - startMs,
    inferenceMs: heardMs - decodedMs,
    profileMs: performance.now() - heardMs,
    audioMs: durationMs,
  });
  return {
    reading: {
      ...rest,
      durationMs: Math.round(durationMs),
      timeline,
      profile,
      model: { name, version },
    },
    speaker: embedding.length > 0 ? withUtterance(known, embedding) : speaker,
  };
}
