import type { DecodeLimits } from "./decode/index.ts";

/** What is analysed when nobody says otherwise: 10 minutes, 100 MiB. */
export const DEFAULT_LIMITS: DecodeLimits = { maxDurationMs: 600_000, maxBytes: 100 * 1024 * 1024 };
