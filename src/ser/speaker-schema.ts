/** Statistics of a speaker as they come from outside. */

import { z } from "zod";
import type { SpeakerStatistics } from "./speaker.ts";

/** Checks statistics that come back from a store. */
export const speakerSchema: z.ZodType<SpeakerStatistics> = z
  .object({ utterances: z.int().min(0), mean: z.array(z.number()), squares: z.array(z.number()) })
  .refine(({ mean, squares }) => mean.length === squares.length, "mean and squares must have one length");
