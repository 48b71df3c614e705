/** What the model says of decoded samples: windows -> scores -> one verdict over those in which somebody speaks. */

import type { Classifier, WindowScores } from "./model/classifier.ts";
import type { ModelManifest } from "./model/manifest.ts";
import { NO_SPEECH, type Reading, type Scores, type TimelineEntry, UNNAMED } from "./reading.ts";
import { cutWindows, framePowers, isSilent, type Span, toMs, trimSilence, windowSamples } from "./windows.ts";

/** The part of a reading that the model makes. */
export type Verdict = Pick<
  Reading,
  "speech" | "label" | "confidence" | "uncertain" | "adapted" | "scores" | "dimensions" | "timeline"
>;

/** A verdict, and where the voice lies. */
export interface HeardClip {
  readonly verdict: Verdict;
  /** Mean embedding of the windows with speech; empty without speech, or for a model without adaptation. */
  readonly embedding: readonly number[];
}

/** One window with what was heard in it. */
interface Heard extends WindowScores {
  readonly span: Span;
  readonly isSpeech: boolean;
}

/**
 * Hears mono samples at 16 kHz.
 * @param baseline of the speaker; zeros, or none, are the population's
 */
export async function hear(samples: Float32Array, classifier: Classifier, baseline?: Float32Array): Promise<HeardClip> {
  const { manifest } = classifier;
  const powers = framePowers(samples);
  const spans = cutWindows(trimSilence(samples.length, powers), manifest.windowMs, manifest.hopMs);
  const windows = spans.map((span) => windowSamples(samples, span, manifest.minimumMs));
  const scores = await classifier.score(windows, baseline);
  const heard = spans.flatMap((span, i): Heard[] => {
    const window = scores[i];
    if (window === undefined) return [];
    const isSpeech = !isSilent(powers, span) && window.speech >= manifest.speechThreshold;
    return [{ ...window, span, isSpeech }];
  });
  const spoken = heard.filter((window) => window.isSpeech);
  const verdict = {
    ...(spoken.length > 0 ? judge(spoken, manifest) : noSpeech(heard, manifest)),
    adapted: baseline?.some((value) => value !== 0) ?? false,
    timeline: heard.map((window) => timelineEntry(window, manifest)),
  };
  return { verdict, embedding: means(spoken, ({ embedding }) => embedding) };
}

type Judgement = Omit<Verdict, "adapted" | "timeline">;

/** The clip's own scores: those of its windows with speech, weighted by how surely they are speech. */
function judge(spoken: readonly Heard[], manifest: ModelManifest): Judgement {
  const scores = means(spoken, (window) => window.scores);
  const dimensions = means(spoken, (window) => window.dimensions);
  const confidence = scores.reduce((a, b) => Math.max(a, b), 0);
  const label = manifest.labels[scores.indexOf(confidence)];
  return {
    speech: true,
    label: label ?? UNNAMED,
    confidence,
    uncertain: label === undefined || confidence < manifest.abstainBelow,
    scores: named(manifest.labels, scores),
    ...(manifest.dimensions && { dimensions: named(manifest.dimensions.names, dimensions) }),
  };
}

function noSpeech(heard: readonly Heard[], manifest: ModelManifest): Judgement {
  const surest = heard.reduce((max, window) => Math.max(max, window.speech), 0);
  // Silence is no speech for certain, however the model hears it.
  const confidence = surest < manifest.speechThreshold ? 1 - surest : 1;
  return { speech: false, label: NO_SPEECH, confidence, uncertain: false, scores: named(manifest.labels, []) };
}

/** Means over windows of lists of one length, weighted by how surely somebody speaks. */
function means(windows: readonly Heard[], of: (window: Heard) => readonly number[]): number[] {
  const weight = windows.reduce((sum, window) => sum + window.speech, 0);
  const first = windows[0];
  if (first === undefined) return [];
  return of(first).map((_, i) => windows.reduce((sum, each) => sum + each.speech * (of(each)[i] ?? 0), 0) / weight);
}

function timelineEntry(window: Heard, { labels, dimensions }: ModelManifest): TimelineEntry {
  return {
    startMs: toMs(window.span.start),
    endMs: toMs(window.span.end),
    speech: window.isSpeech,
    scores: named(labels, window.isSpeech ? window.scores : []),
    ...(dimensions && window.isSpeech && { dimensions: named(dimensions.names, window.dimensions) }),
  };
}

function named(names: readonly string[], values: readonly number[]): Scores {
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0]));
}
