/** What the dashboard needs from the rest of the house. */

import type { ClipJob } from "../../jobs/clip-job.ts";
import type { QueueDepth } from "../../jobs/depths.ts";
import type { ModelInfo } from "../../ser/index.ts";
import type { Store } from "../../store/index.ts";
import type { Directory } from "./directory.ts";

/** What the dashboard asks of the store. */
type DashboardStore = Pick<
  Store,
  | "clips"
  | "uploads"
  | "guilds"
  | "audit"
  | "live"
  | "changes"
  | "moods"
  | "outcomes"
  | "signIns"
  | "accessTokens"
  | "alertRules"
  | "alerts"
  | "webhooks"
>;

/** Where clips are handed to a worker. */
interface DashboardQueue {
  enqueueClip(id: string, job: ClipJob): Promise<unknown>;
  /** BullMQ's word for how far a job is, such as `active`; `unknown` or nothing when there is no such job. */
  state(id: string): Promise<string | undefined>;
}

/** Signing in through Discord. */
export interface DiscordSignIn {
  readonly api: string;
  readonly clientSecret: string;
  readonly token: string;
}

/** Everything that the dashboard's HTTP API rests on. */
export interface DashboardParts {
  readonly store: DashboardStore;
  readonly queue: DashboardQueue;
  /** How full the queues are. */
  readonly depths: () => Promise<readonly QueueDepth[]>;
  readonly model: ModelInfo;
  /** The model's card, Markdown; null where it has none. */
  readonly modelCard: string | null;
  /** Largest upload in bytes. */
  readonly maxBytes: number;
  /** Asks Discord about servers; without the bot's token there are none. */
  readonly directory: Directory | undefined;
  /** Without it, one signs in by a link that is printed. */
  readonly discord: DiscordSignIn | undefined;
  /** Where people reach the page, e.g. `https://timbre.example`; else as the browser calls it. */
  readonly publicUrl: string | undefined;
  /** Hosts in networks of one's own that webhooks may reach. */
  readonly webhookHosts: readonly string[];
  readonly now: () => Date;
}
