/** Deletes what is no longer to be kept: the promise that `/privacy` and `/settings` make. */

import type { Logger } from "pino";
import type { ScheduledWork } from "../jobs/schedule.ts";
import type { Store } from "../store/index.ts";

/** Often enough that a day of retention means a day, give or take an hour. */
const EVERY_MS = 3_600_000;
/** An upload that nobody fetched for so long (ms) belongs to a job that is gone. */
const UPLOAD_KEPT_MS = 3_600_000;

/** The upkeep of a store; `now` tells the time. */
export function upkeep(
  store: Pick<Store, "clips" | "uploads" | "rates">,
  logger: Logger,
  now: () => Date = () => new Date(),
): ScheduledWork {
  return {
    name: "upkeep",
    everyMs: EVERY_MS,
    async work() {
      const clips = await store.clips.deleteExpired();
      const uploads = await store.uploads.deleteOlderThan(new Date(now().getTime() - UPLOAD_KEPT_MS));
      await store.rates.deleteWhole();
      logger.info({ clips, uploads }, "old data deleted");
    },
    onError: (error) => logger.error({ reason: String(error) }, "upkeep failed"),
  };
}
