/** A model is a folder: `model.onnx` and this manifest, `model.json`. */

import { join } from "node:path";
import { z } from "zod";
import { SAMPLE_RATE_HZ } from "../decode/sample-rate.ts";
import { ModelError, readModelFile } from "./file.ts";

const positiveMs = z.number().positive();
const name = z.string().min(1);

const manifestSchema = z
  .object({
    name,
    version: name,
    /** In the order of the logits or probabilities; none for a model that only gives dimensions. */
    labels: z
      .array(name)
      .refine((labels) => new Set(labels).size === labels.length, "each label must occur once")
      .default([]),
    /** Rate that the graph's input has; the audio is resampled to it. */
    sampleRateHz: z.int().min(4000).max(192_000).default(SAMPLE_RATE_HZ),
    /** Longest stretch of audio that the model hears at once. */
    windowMs: positiveMs.default(3000),
    /** Distance between the starts of two windows; without it a clip is cut into equal parts. */
    hopMs: positiveMs.optional(),
    /** Shorter windows are repeated up to this length. */
    minimumMs: positiveMs.default(500),
    /** Windows of one clip that the graph takes at once, as rows of its input. */
    batch: z.int().min(1).default(1),
    /** Name of the graph's input: float32 (windows, samples). */
    input: name.default("waveform"),
    /** What the graph wants done to the samples; wav2vec2 exports usually want `standardise`. */
    normalise: z.enum(["none", "standardise"]).default("none"),
    /** Names of the graph's outputs. */
    outputs: z
      .strictObject({
        /** float32 (windows, labels), before the softmax. */
        logits: name.optional(),
        /** float32 (windows, labels), after the softmax. Instead of `logits`. */
        probabilities: name.optional(),
        /** float32 (windows, 1): logit of "somebody speaks". Without it, whatever isn't silent counts as speech. */
        speech: name.optional(),
      })
      .default({ logits: "logits" }),
    /** Scales such as arousal, dominance and valence, beside the labels or instead of them. */
    dimensions: z
      .strictObject({
        /** Name of the graph's output: float32 (windows, names). */
        output: name,
        /** In the order of the output's values. */
        names: z.array(name).min(1),
        /** What the graph's values go from and to; they are mapped to 0..1. */
        range: z.tuple([z.number(), z.number()]).default([0, 1]),
      })
      .refine(({ range: [low, high] }) => low < high, "range must go from the lower to the higher value")
      .optional(),
    /** How the model uses what was heard of the same speaker before; see `speaker.ts`. */
    adaptation: z
      .strictObject({
        /** Name of the graph's second input: float32 (windows, size), zeros for an unknown speaker. */
        input: name,
        /** Name of the graph's output: float32 (windows, size), 0 for the average voice. */
        output: name,
        size: z.int().positive(),
        halfAt: z.number().positive(),
        fullSpread: z.number().positive(),
        spreadPower: z.number().min(1).default(4),
      })
      .optional(),
    /** The logits are divided by this before the softmax, so that confidence means what it says. */
    temperature: z.number().positive().default(1),
    /** Readings with less confidence are called uncertain. */
    abstainBelow: z.number().min(0).max(1).default(0),
    /** Windows with a smaller speech probability hold no speech. */
    speechThreshold: z.number().min(0).max(1).default(0.5),
    /** Of `model.onnx`, in hex; checked when given. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    licence: z.string().optional(),
  })
  .superRefine(({ labels, outputs, dimensions }, context) => {
    const complain = (message: string) => context.addIssue({ code: "custom", message });
    const named = [outputs.logits, outputs.probabilities].filter((output) => output !== undefined).length;
    if (named === 2) complain("outputs must name either logits or probabilities, not both");
    if (labels.length === 1) complain("one label is no choice: name two or more");
    if (labels.length > 0 && named === 0)
      complain("there are labels, but outputs names neither logits nor probabilities");
    if (labels.length === 0 && named > 0) complain("there are no labels for the output that outputs names");
    if (labels.length === 0 && dimensions === undefined) complain("a model needs labels, dimensions or both");
  });

/** What `model.json` says about a model. */
export type ModelManifest = z.infer<typeof manifestSchema>;

/**
 * Reads `model.json` of a model folder.
 * @throws ModelError when it is missing or says something impossible.
 */
export async function readManifest(modelDir: string): Promise<ModelManifest> {
  const path = join(modelDir, "model.json");
  const text = await readModelFile(path);
  const parsed = manifestSchema.safeParse(parseJson(path, text.toString("utf8")));
  if (!parsed.success) {
    throw new ModelError(`${path} isn't a model manifest: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelError(`${path} isn't JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
