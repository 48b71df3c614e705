/** A model is a folder: `model.onnx` and this manifest, `model.json`. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SAMPLE_RATE_HZ } from "../decode/index.ts";

const positiveMs = z.number().positive();

const manifestSchema = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  /** In the order of the logits. */
  labels: z.array(z.string().min(1)).min(2),
  sampleRateHz: z.literal(SAMPLE_RATE_HZ),
  /** Longest stretch of audio that the model hears at once. */
  windowMs: positiveMs.default(3000),
  /** Distance between the starts of two windows. */
  hopMs: positiveMs.default(1000),
  /** Shorter windows are repeated up to this length. */
  minimumMs: positiveMs.default(500),
  /** Name of the graph's input: float32 (1, samples). */
  input: z.string().default("waveform"),
  /** What the graph wants done to the samples; wav2vec2 exports usually want `standardise`. */
  normalise: z.enum(["none", "standardise"]).default("none"),
  outputs: z
    .object({
      /** float32 (1, labels). */
      logits: z.string(),
      /** float32 (1, 1): logit of "somebody speaks". Without it, whatever isn't silent counts as speech. */
      speech: z.string().optional(),
    })
    .default({ logits: "logits" }),
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
});

/** What `model.json` says about a model. */
export type ModelManifest = z.infer<typeof manifestSchema>;

/** A model folder that can't be used; the message names the file and what is wrong with it. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

/**
 * Reads `model.json` of a model folder.
 * @throws ModelError when it is missing or says something impossible.
 */
export async function readManifest(modelDir: string): Promise<ModelManifest> {
  const path = join(modelDir, "model.json");
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new ModelError(
      `${path} can't be read as JSON. TIMBRE_MODEL must be a folder with model.onnx and model.json.`,
      {
        cause,
      },
    );
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) {
    throw new ModelError(`${path} isn't a model manifest: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}
