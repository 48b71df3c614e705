/** Where in a clip the model listens. Pure arithmetic on samples. */

import { SAMPLE_RATE_HZ } from "./decode/index.ts";

/** A stretch of samples, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const FRAME = SAMPLE_RATE_HZ / 100;
/** Frames this much quieter than the loudest count as silence at a clip's ends; training trims alike. */
const TRIM_DB = 40;
/** Kept on both sides of what isn't silence, in frames of 10 ms. */
const MARGIN_FRAMES = 10;
/** Under this RMS level nothing can be heard, whatever the model thinks of it. */
const SILENCE_DBFS = -65;

/** Mean power of each whole 10 ms frame. */
export function framePowers(samples: Float32Array): Float64Array {
  const powers = new Float64Array(Math.floor(samples.length / FRAME));
  for (let frame = 0; frame < powers.length; frame++) {
    let sum = 0;
    for (let i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
      const sample = samples[i] ?? 0;
      sum += sample * sample;
    }
    powers[frame] = sum / FRAME;
  }
  return powers;
}

/** Whether a stretch has no frame loud enough to be heard. */
export function isSilent(powers: Float64Array, span: Span): boolean {
  const limit = 10 ** (SILENCE_DBFS / 10);
  const part = powers.subarray(Math.floor(span.start / FRAME), Math.ceil(span.end / FRAME));
  return part.every((power) => power < limit);
}

/** The clip without the silence at its ends; the whole of it when it is shorter than two frames. */
export function trimSilence(length: number, powers: Float64Array): Span {
  if (powers.length < 2) return { start: 0, end: length };
  const limit = powers.reduce((a, b) => Math.max(a, b), 0) * 10 ** (-TRIM_DB / 10);
  const loud = (power: number) => power > limit;
  const first = powers.findIndex(loud);
  const last = powers.findLastIndex(loud);
  if (first < 0) return { start: 0, end: length };
  return {
    start: Math.max(0, first - MARGIN_FRAMES) * FRAME,
    end: Math.min(length, (last + MARGIN_FRAMES + 1) * FRAME),
  };
}

/**
 * Cuts a span into windows of at most `windowMs`: with `hopMs` into whole ones that start so far from each other, of
 * which the last one ends with the span; without it into equal parts, so that nothing is heard twice.
 * All of them have one length. A span that isn't longer than a window is one window.
 */
export function cutWindows(span: Span, windowMs: number, hopMs?: number): Span[] {
  const window = samplesIn(windowMs);
  return hopMs === undefined ? equalParts(span, window) : overlapping(span, window, samplesIn(hopMs));
}

function equalParts({ start, end }: Span, window: number): Span[] {
  const parts = Math.max(1, Math.ceil((end - start) / window));
  const length = Math.ceil((end - start) / parts);
  return Array.from({ length: parts }, (_, part) => {
    // Where samples can't be shared out evenly, the last parts begin a few of them early.
    const first = Math.min(start + part * length, end - length);
    return { start: first, end: first + length };
  });
}

function overlapping(span: Span, window: number, hop: number): Span[] {
  const windows: Span[] = [];
  for (let start = span.start; start + window < span.end; start += hop) {
    windows.push({ start, end: start + window });
  }
  const lastStart = Math.max(span.start, span.end - window);
  // A remainder of a fraction of a hop still gets a window of its own, over the clip's end.
  windows.push({ start: lastStart, end: span.end });
  return windows;
}

function samplesIn(ms: number): number {
  return Math.round((ms / 1000) * SAMPLE_RATE_HZ);
}

/** The samples of a window, repeated until they are `minimumMs` long. */
export function windowSamples(samples: Float32Array, span: Span, minimumMs: number): Float32Array {
  const part = samples.subarray(span.start, span.end);
  const minimum = Math.ceil((minimumMs / 1000) * SAMPLE_RATE_HZ);
  if (part.length >= minimum || part.length === 0) return part;
  return Float32Array.from({ length: minimum }, (_, i) => part[i % part.length] ?? 0);
}

/** Position of a sample in ms. */
export function toMs(sample: number): number {
  return Math.round((sample / SAMPLE_RATE_HZ) * 1000);
}
