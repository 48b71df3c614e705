/** Deletes what is no longer to be kept: the promise that `/privacy` and `/settings` make. */

import type { Logger } from "pino";
import type { ScheduledWork } from "../jobs/schedule.ts";
import type { Store } from "../store/index.ts";

/** Often enough that a day of retention means a day, give or take an hour. */
const EVERY_MS = 3_600_000;
/** An upload that nobody fetched for so long (ms) belongs to a job that is gone. */
const UPLOAD_KEPT_MS = 3_600_000;

/** Events are for those who follow what happens, and were away for a while. */
const EVENTS_KEPT_MS = 24 * 3_600_000;
/** A bot that gave no sign of life for so long (ms) doesn't listen any more. */
const SILENT_MS = 5 * 60_000;

/** The upkeep of a store; `now` tells the time. */
export function upkeep(
  store: Pick<Store, "clips" | "uploads" | "rates" | "changes" | "live" | "utterances">,
  logger: Logger,
  now: () => Date = () => new Date(),
): ScheduledWork {
  return {
    name: "upkeep",
    everyMs: EVERY_MS,
    async work() {
      const ago = (ms: number) => new Date(now().getTime() - ms);
      const clips = await store.clips.deleteExpired();
      const uploads = await store.uploads.deleteOlderThan(ago(UPLOAD_KEPT_MS));
      await store.rates.deleteWhole();
      await store.changes.deleteOlderThan(ago(EVENTS_KEPT_MS));
      for (const { id } of await store.live.silentSince(ago(SILENT_MS))) await store.live.end(id, "lost");
      await store.live.deleteExpired();
      await store.utterances.dropLate();
      logger.info({ clips, uploads }, "old data deleted");
    },
    onError: (error) => logger.error({ reason: String(error) }, "upkeep failed"),
  };
}
