/** A reading that nobody had to make. */

import type { Reading } from "../../src/ser/index.ts";

/** A cheerful clip of three seconds. */
export const SAMPLE_READING: Reading = {
  speech: true,
  label: "happiness",
  confidence: 0.7,
  uncertain: false,
  adapted: false,
  scores: { anger: 0.05, disgust: 0.05, fear: 0.05, happiness: 0.7, surprise: 0.05, sadness: 0.05, neutral: 0.05 },
  durationMs: 3000,
  timeline: [{ startMs: 0, endMs: 3000, speech: true, scores: { happiness: 0.7, neutral: 0.3 } }],
  profile: {
    pitchHz: { median: 210, low: 180, high: 260 },
    loudnessDbfs: -20.5,
    energy: 3.2,
    brightnessHz: 1800,
    voicedShare: 0.6,
    contour: { hopMs: 50, pitchHz: [null, 210, 220], loudnessDbfs: [-60, -20, -21] },
  },
  model: { name: "timbre", version: "1" },
};
