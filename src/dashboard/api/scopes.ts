/** What personal access tokens can be good for. */

import { z } from "zod";

/** Everything that a token can be good for. */
export const SCOPES = [
  "clips",
  "moods:read",
  "alerts:read",
  "alerts:write",
  "settings:read",
  "settings:write",
  "system:read",
] as const;
/** One of them, as it is sent. */
export const scope = z.enum(SCOPES);
/** One of them. */
export type Scope = z.infer<typeof scope>;
