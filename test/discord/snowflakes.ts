import type { Clock } from "./clock.ts";

/** First millisecond of 2015, from which Discord's ids count. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** Gives out ids like Discord's: time in the upper bits, a running number in the lower 22. */
export function snowflakes(clock: Clock): () => string {
  let count = 0n;
  return () => {
    count += 1n;
    return (((BigInt(clock.now()) - DISCORD_EPOCH_MS) << 22n) | (count & 0x3f_ffffn)).toString();
  };
}
