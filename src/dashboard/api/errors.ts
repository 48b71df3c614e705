/** Errors as the API sends them. */

import { z } from "zod";

/** What went wrong. */
export const apiError = z.object({
  code: z.string(),
  message: z.string().describe("A sentence for people, in the language of Accept-Language"),
});

/** The body of every answer that isn't a success. */
export const errorResource = z.object({ error: apiError });

/** An error as the API sends it. */
export type ErrorResource = z.infer<typeof errorResource>;
