/** The shape of a reading as JSON: in the database, and as the HTTP API sends it. Free of Node, so that the page can use it. */

import { z } from "zod";
import type { Reading } from "../ser/index.ts";

const scores = z.record(z.string(), z.number()).describe("Probability of each label; all 0 where nobody speaks");

const window = z.object({
  startMs: z.number(),
  endMs: z.number(),
  speech: z.boolean(),
  scores,
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
  label: z.string().describe("The likeliest emotion, or no-speech"),
  confidence: z.number().describe("Calibrated probability of the label, 0 to 1"),
  uncertain: z.boolean().describe("True where the label should not be given alone"),
  scores,
  durationMs: z.number(),
  timeline: z.array(window).readonly(),
  profile,
  model: modelSchema,
});
