/** What the dashboard needs from the rest of the house: the smallest shape of each part. */

import type { Attribution, ClipJob } from "../../jobs/clip-job.ts";
import type { ModelInfo, Reading } from "../../ser/index.ts";

/** A clip as the store knows it. */
export interface StoredClip {
  readonly reading?: Reading | null | undefined;
  /** Why the clip was given up. */
  readonly error?: { readonly code: string; readonly parameters?: Readonly<Record<string, string | number>> } | null;
}

/** Where uploads wait and readings are kept. */
interface DashboardStore {
  readonly uploads: {
    keep(uploadId: string, bytes: Uint8Array): Promise<unknown>;
    discard(uploadId: string): Promise<unknown>;
  };
  readonly clips: {
    /** Notes that a clip was taken in, so that `find` knows it from now on. */
    accept(id: string, attribution: Attribution): Promise<unknown>;
    find(id: string): Promise<StoredClip | undefined>;
  };
}

/** Where clips are handed to a worker. */
interface DashboardQueue {
  enqueueClip(id: string, job: ClipJob): Promise<unknown>;
  /** BullMQ's word for how far a job is, such as `active`; `unknown` or nothing when there is no such job. */
  state(id: string): Promise<string | undefined>;
}

/** Everything that the dashboard's HTTP API rests on. */
export interface DashboardParts {
  readonly store: DashboardStore;
  readonly queue: DashboardQueue;
  readonly model: ModelInfo;
  /** Largest upload in bytes. */
  readonly maxBytes: number;
}
