/** Where decoders put what they decode: mixed to mono, resampled to 16 kHz, and stopped at the limit. */

import { UserError } from "../../errors.ts";
import { concat } from "./concat.ts";
import { release } from "./release.ts";
import { Resampler } from "./resample.ts";
import { SAMPLE_RATE_HZ } from "./sample-rate.ts";

/** Encoders pad their last frame; a recording of exactly the limit must still pass. */
const MARGIN_MS = 250;
/** Rates outside this range aren't made by any recorder, and would make absurd filters. */
const MIN_RATE_HZ = 4000;
const MAX_RATE_HZ = 192_000;

/** Collects the decoded audio of one file. */
export class PcmSink {
  readonly #maxDurationMs: number;
  readonly #chunks: Float32Array[] = [];
  #length = 0;
  #rateHz: number | undefined;
  #resampler: Resampler | undefined;

  constructor(maxDurationMs: number) {
    this.#maxDurationMs = maxDurationMs;
  }

  /** Samples at 16 kHz so far. */
  get length(): number {
    return this.#length;
  }

  /**
   * Takes one piece of audio, a channel each; they are averaged.
   * @throws UserError `too-long` as soon as there is more than the limit, `damaged` for an impossible rate
   */
  write(channels: readonly Float32Array[], rateHz: number): void {
    const mono = mixdown(channels);
    if (mono.length === 0) return;
    if (rateHz !== this.#rateHz) this.#changeRate(rateHz);
    this.#keep(this.#resampler ? this.#resampler.push(mono) : mono);
  }

  /** Everything that was written, at 16 kHz. @throws UserError `too-long` */
  finish(): Float32Array {
    if (this.#resampler) this.#keep(this.#resampler.flush());
    this.#resampler = undefined;
    this.#rateHz = undefined;
    const whole = concat(this.#chunks);
    release(this.#chunks.splice(0));
    return whole;
  }

  #changeRate(rateHz: number): void {
    if (!Number.isInteger(rateHz) || rateHz < MIN_RATE_HZ || rateHz > MAX_RATE_HZ) throw new UserError("damaged");
    if (this.#resampler) this.#keep(this.#resampler.flush());
    this.#rateHz = rateHz;
    this.#resampler = rateHz === SAMPLE_RATE_HZ ? undefined : new Resampler(rateHz);
  }

  #keep(samples: Float32Array): void {
    this.#length += samples.length;
    if ((this.#length / SAMPLE_RATE_HZ) * 1000 > this.#maxDurationMs + MARGIN_MS) {
      throw new UserError("too-long", { limit: durationText(this.#maxDurationMs) });
    }
    if (samples.length > 0) this.#chunks.push(samples);
  }
}

/** The average of the channels; what isn't a finite number becomes silence, and nothing is louder than a wild clip. */
function mixdown([first = new Float32Array(0), ...others]: readonly Float32Array[]): Float32Array {
  const mono = first.slice(0, Math.min(...others.map((channel) => channel.length), first.length));
  for (const channel of others) for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) + (channel[i] ?? 0);
  const share = 1 / (1 + others.length);
  for (let i = 0; i < mono.length; i++) {
    const sample = (mono[i] ?? 0) * share;
    mono[i] = Math.abs(sample) <= MAX_LEVEL ? sample : tamed(sample);
  }
  return mono;
}

function tamed(sample: number): number {
  return Number.isFinite(sample) ? Math.sign(sample) * MAX_LEVEL : 0;
}

/** Lossy codecs overshoot a little; damaged floats can be anything. */
const MAX_LEVEL = 4;

function durationText(ms: number): string {
  return ms >= 60_000 && ms % 30_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}
