/** The pipeline: bytes -> samples -> windows -> scores and acoustic profile -> reading. */

import { type DecodeLimits, decode } from "./decode/index.ts";
import { acousticProfile } from "./features/profile.ts";
import type { Classifier, WindowScores } from "./model/classifier.ts";
import type { ModelManifest } from "./model/manifest.ts";
import { NO_SPEECH, type Reading, type Scores, type TimelineEntry } from "./reading.ts";
import { cutWindows, framePowers, isSilent, type Span, toMs, trimSilence, windowSamples } from "./windows.ts";

/** One window with what was heard in it. */
interface Heard extends WindowScores {
  readonly span: Span;
  readonly isSpeech: boolean;
}

/**
 * Reads one clip.
 * @throws UserError when the bytes can't be decoded within the limits.
 */
export async function readClip(bytes: Uint8Array, limits: DecodeLimits, classifier: Classifier): Promise<Reading> {
  const { samples, durationMs } = await decode(bytes, limits);
  const { manifest } = classifier;
  const powers = framePowers(samples);
  const spans = cutWindows(trimSilence(samples.length, powers), manifest.windowMs, manifest.hopMs);
  const heard: Heard[] = [];
  for (const span of spans) {
    const window = await classifier.score(windowSamples(samples, span, manifest.minimumMs));
    const isSpeech = !isSilent(powers, span) && window.speech >= manifest.speechThreshold;
    heard.push({ ...window, span, isSpeech });
  }
  return {
    ...verdict(heard, manifest),
    durationMs: Math.round(durationMs),
    timeline: heard.map((window) => timelineEntry(window, manifest)),
    profile: acousticProfile(samples),
    model: { name: manifest.name, version: manifest.version },
  };
}

/** The clip's own scores: those of its windows with speech, weighted by how surely they are speech. */
function verdict(
  heard: readonly Heard[],
  manifest: ModelManifest,
): Pick<Reading, "speech" | "label" | "confidence" | "uncertain" | "scores"> {
  const spoken = heard.filter((window) => window.isSpeech);
  const weight = spoken.reduce((sum, window) => sum + window.speech, 0);
  const means = manifest.labels.map(
    (_, i) => spoken.reduce((sum, window) => sum + window.speech * (window.scores[i] ?? 0), 0) / (weight || 1),
  );
  const scores = named(manifest, means);
  if (spoken.length === 0) {
    const surest = heard.reduce((max, window) => Math.max(max, window.speech), 0);
    // Silence is no speech for certain, however the model hears it.
    const confidence = surest < manifest.speechThreshold ? 1 - surest : 1;
    return { speech: false, label: NO_SPEECH, confidence, uncertain: false, scores };
  }
  const confidence = Math.max(...means);
  const label = manifest.labels[means.indexOf(confidence)] ?? NO_SPEECH;
  return { speech: true, label, confidence, uncertain: confidence < manifest.abstainBelow, scores };
}

function timelineEntry(window: Heard, manifest: ModelManifest): TimelineEntry {
  return {
    startMs: toMs(window.span.start),
    endMs: toMs(window.span.end),
    speech: window.isSpeech,
    scores: named(
      manifest,
      window.scores.map((score) => (window.isSpeech ? score : 0)),
    ),
  };
}

function named(manifest: ModelManifest, values: readonly number[]): Scores {
  return Object.fromEntries(manifest.labels.map((label, i) => [label, values[i] ?? 0]));
}
