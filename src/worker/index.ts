/** The worker's door: takes clips and utterances from their queues, and looks after the store, until it is closed. */

import type { Logger } from "pino";
import type { RestSettings } from "../discord-rest.ts";
import type { QueueBackend } from "../jobs/backend.ts";
import { type ClipConsumerOptions, openClipConsumer, openUtteranceConsumer } from "../jobs/consumer.ts";
import { openSchedule } from "../jobs/schedule.ts";
import type { Analyzer } from "../ser/index.ts";
import type { Store } from "../store/index.ts";
import { openAlerts, watched } from "./alerts/index.ts";
import type { ClipMeter } from "./clip-meter.ts";
import { clipProcessor } from "./clip-processor.ts";
import { fetchClip } from "./fetch-clip.ts";
import { freshAddresses } from "./fresh-address.ts";
import { type RecoveryParts, startRecovery } from "./recovery.ts";
import { discordReplier } from "./reply.ts";
import { upkeep } from "./upkeep.ts";
import { utteranceProcessor } from "./utterance-processor.ts";

/** What a worker needs. */
export interface WorkerOptions {
  readonly backend: QueueBackend;
  readonly store: Pick<
    Store,
    | "clips"
    | "uploads"
    | "consents"
    | "guilds"
    | "rates"
    | "turns"
    | "changes"
    | "live"
    | "utterances"
    | "alertRules"
    | "alerts"
    | "deliveries"
    | "signIns"
    | "audit"
    | "outbox"
  >;
  readonly analyzer: Pick<Analyzer, "analyze" | "analyzeInContext" | "model">;
  /** Longest recording, in ms. */
  readonly maxDurationMs: number;
  /** Largest file, in bytes. */
  readonly maxBytes: number;
  /** Hosts that attachments may be fetched from; see `FetchLimits`. */
  readonly fetchHosts: readonly string[];
  /** Discord's REST address. */
  readonly discordApi: string;
  /** The bot's token: for what can't be answered through an interaction, and to find attachments whose address has expired. */
  readonly discordToken?: string | undefined;
  /** Hosts in networks of one's own that webhooks may call. */
  readonly webhookHosts?: readonly string[];
  readonly logger: Logger;
  /** Is told how clips fare. */
  readonly meter?: ClipMeter | undefined;
  /** Is handed each client by which Discord's REST is asked, to watch it. */
  readonly onRest?: RestSettings["onRest"];
  /** The queue's other end, where the queue can forget what is in it. */
  readonly queue?: RecoveryParts["queue"] | undefined;
  /** How clips are taken; the defaults are what production uses. */
  readonly consumer?: ClipConsumerOptions;
}

/** Utterances on their way to the database and back, beside those that are heard: a thread needn't wait for them. */
const UTTERANCES_AHEAD = 4;

/** A worker that takes clips. */
export interface Worker {
  /** Lets the clips under way finish, and takes no more. */
  close(): Promise<void>;
}

/** Starts a worker. @throws Error when the queue can't be reached. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { backend, maxBytes, maxDurationMs, discordApi, discordToken, webhookHosts = [], logger } = options;
  const alerts = await openAlerts({ backend, store: options.store, discordApi, discordToken, webhookHosts, logger });
  const store = watched(options.store, alerts.heard);
  const processor = clipProcessor({
    store,
    analyzer: options.analyzer,
    limits: { maxBytes, maxDurationMs },
    replier: discordReplier(options.discordApi, options.discordToken, { onRest: options.onRest }),
    freshAddress: freshAddresses(options.discordApi, options.discordToken, { onRest: options.onRest }),
    fetchUrl: (url, signal) => fetchClip(url, { hosts: options.fetchHosts, maxBytes, signal }),
    logger,
    meter: options.meter,
  });
  const utterances = utteranceProcessor({
    store,
    analyzer: options.analyzer,
    logger,
  });
  const opened = new AsyncDisposableStack();
  opened.defer(() => alerts.close());
  try {
    const consumer = await openClipConsumer(options.backend, processor, options.consumer);
    opened.defer(() => consumer.close());
    const live = await openUtteranceConsumer(options.backend, utterances, {
      ...options.consumer,
      concurrency: (options.consumer?.concurrency ?? 1) + UTTERANCES_AHEAD,
    });
    // Both at once: a stop may take ten seconds in all.
    opened.defer(async () => {
      await Promise.all([consumer.close(), live.close()]);
    });
    if (options.queue) {
      const recovery = startRecovery({ outbox: options.store.outbox, queue: options.queue, logger });
      opened.defer(() => recovery.close());
    }
    const schedule = await openSchedule(options.backend, upkeep(options.store, logger));
    opened.defer(() => schedule.close());
    return { close: () => opened.disposeAsync() };
  } catch (cause) {
    await opened.disposeAsync();
    throw cause;
  }
}
