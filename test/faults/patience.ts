/** Waiting for something that grows, for as long as it does. */

import { setTimeout as delay } from "node:timers/promises";

/** Nothing happens any more when nothing came for so long (ms); a postponed job waits for seconds. */
const STANDSTILL_MS = 120_000;

/**
 * Waits until `count` is as large as `wanted`.
 * @param scene tells what there is to see when nothing happens any more
 * @throws Error when it has stood still for two minutes
 */
export async function patience(count: () => number, wanted: number, scene = async () => ""): Promise<void> {
  let before = Number.NEGATIVE_INFINITY;
  for (let sinceMs = performance.now(); count() < wanted; await delay(50)) {
    if (count() !== before) {
      before = count();
      sinceMs = performance.now();
    }
    if (performance.now() - sinceMs > STANDSTILL_MS)
      throw new Error(`standstill: ${before} of ${wanted} answers${await scene()}`);
  }
}
