/** A budget that fills up again over time: one bucket of tokens per key. */

/** How large a bucket is and how fast it fills. */
export interface BucketOptions {
  /** Tokens in a full bucket: so many at once. */
  readonly capacity: number;
  /** Time (ms) in which one token comes back. */
  readonly refillMs: number;
  /** Tells the time, in ms. */
  readonly now: () => number;
}

/** Buckets by key. */
export interface TokenBuckets {
  /** Takes a token; false when there is none. */
  take(key: string): boolean;
}

/** Makes the buckets, all full; those that are full again are forgotten. */
export function tokenBuckets({ capacity, refillMs, now }: BucketOptions): TokenBuckets {
  const buckets = new Map<string, { readonly tokens: number; readonly atMs: number }>();
  const tokensAt = (key: string, atMs: number) => {
    const bucket = buckets.get(key);
    return bucket ? Math.min(capacity, bucket.tokens + (atMs - bucket.atMs) / refillMs) : capacity;
  };
  return {
    take(key) {
      const atMs = now();
      for (const known of buckets.keys()) if (tokensAt(known, atMs) >= capacity) buckets.delete(known);
      const tokens = tokensAt(key, atMs);
      if (tokens < 1) return false;
      buckets.set(key, { tokens: tokens - 1, atMs });
      return true;
    },
  };
}
