/** The shape of a reading as JSON: in the database, and as the HTTP API sends it. Free of Node, so that the page can use it. */

import { z } from "zod";
import type { Reading } from "../ser/index.ts";

const scores = z.record(z.string(), z.number()).describe("Probability of each label; all 0 where nobody speaks");

const dimensions = z
  .record(z.string(), z.number())
  .describe("Scales such as arousal and valence, 0 to 1; only where the model gives them and somebody speaks");

const window = z.object({
  startMs: z.number(),
  endMs: z.number(),
  speech: z.boolean(),
  scores,
  dimensions: dimensions.exactOptional(),
});

const profile = z.object({
  pitchHz: z.object({ median: z.number(), low: z.number(), high: z.number() }).nullable(),
  loudnessDbfs: z.number(),
  energy: z.number(),
  brightnessHz: z.number().nullable(),
  voicedShare: z.number(),
  contour: z.object({
    hopMs: z.number(),
    pitchHz: z.array(z.number().nullable()).readonly(),
    loudnessDbfs: z.array(z.number()).readonly(),
  }),
});

/** Name and version of a model. */
export const modelSchema = z.object({ name: z.string(), version: z.string() });

/** What was heard in a clip. */
export const readingSchema: z.ZodType<Reading> = z.object({
  speech: z.boolean(),
  label: z
    .string()
    .describe("The likeliest emotion; no-speech; or unnamed, where the model gives dimensions and no emotions"),
  confidence: z.number().describe("Calibrated probability of the label, 0 to 1"),
  uncertain: z.boolean().describe("True where the label should not be given alone"),
  // Readings that were stored before there was adaptation had none.
  adapted: z
    .boolean()
    .default(false)
    .describe("Whether earlier utterances of the same speaker were taken into account"),
  scores,
  dimensions: dimensions.exactOptional(),
  durationMs: z.number(),
  timeline: z.array(window).readonly(),
  profile,
  model: modelSchema,
});
