/** Readings made by hand, for tests of what people see. */

import type { AcousticProfile, Reading, Scores, TimelineEntry } from "../../src/ser/index.ts";

/** Scores that lean towards `label`. */
export function leaning(label: string, share: number): Scores {
  const others = ["anger", "disgust", "fear", "happiness", "surprise", "sadness", "neutral"];
  return Object.fromEntries(others.map((name) => [name, name === label ? share : (1 - share) / (others.length - 1)]));
}

const PROFILE: AcousticProfile = {
  pitchHz: { median: 212.4, low: 180.2, high: 260.9 },
  loudnessDbfs: -23.4,
  energy: 4.56,
  brightnessHz: 1234.5,
  voicedShare: 0.61,
  contour: { hopMs: 50, pitchHz: [200, null, 220, 230], loudnessDbfs: [-30, -100, -22, -20] },
};

const WINDOWS: readonly (readonly [string, number] | null)[] = [
  ["happiness", 0.8],
  ["happiness", 0.7],
  ["surprise", 0.6],
  null,
  null,
  ["neutral", 0.5],
  null,
  ["anger", 0.5],
  ["happiness", 0.75],
];

/** Three-second windows every second, two of them apart from the rest. */
const TIMELINE: readonly TimelineEntry[] = WINDOWS.map((window, index) => ({
  startMs: index * 1000,
  endMs: index * 1000 + 3000,
  speech: window !== null,
  scores: window ? leaning(...window) : Object.fromEntries(Object.keys(leaning("anger", 1)).map((name) => [name, 0])),
}));

/** A happy clip of eleven seconds with pauses. */
export const HAPPY: Reading = {
  speech: true,
  label: "happiness",
  confidence: 0.724,
  uncertain: false,
  adapted: false,
  scores: leaning("happiness", 0.724),
  durationMs: 11_000,
  timeline: TIMELINE,
  profile: PROFILE,
  model: { name: "timbre-1", version: "1.0.0" },
};

/** Nothing stands out. */
export const UNSURE: Reading = { ...HAPPY, confidence: 0.17, uncertain: true, scores: leaning("happiness", 0.17) };

/** Nobody speaks. */
export const SILENT: Reading = {
  ...HAPPY,
  speech: false,
  label: "no-speech",
  confidence: 0.97,
  scores: Object.fromEntries(Object.keys(HAPPY.scores).map((name) => [name, 0])),
  timeline: [],
  profile: { ...PROFILE, pitchHz: null, brightnessHz: null, voicedShare: 0 },
};

/** A model of dimensions alone. */
export const PLACED: Reading = {
  ...HAPPY,
  label: "unnamed",
  confidence: 0,
  uncertain: true,
  scores: {},
  dimensions: { arousal: 0.72, dominance: 0.5, valence: 0.31, tension: 0.4 },
  timeline: HAPPY.timeline.map((window) => ({ ...window, scores: {} })),
};
