/** The door to alerts: raises them with every reading, and brings them to where they go. */

import type { Logger } from "pino";
import type { RestSettings } from "../../discord-rest.ts";
import type { QueueBackend } from "../../jobs/backend.ts";
import { type DeliveryOptions, openDeliveries } from "../../jobs/deliveries.ts";
import { openSchedule } from "../../jobs/schedule.ts";
import type { Store } from "../../store/index.ts";
import { alertDeliverer } from "./deliver.ts";
import { alertRaiser } from "./raise.ts";
import { webhookSender } from "./webhook.ts";

export { watched } from "./raise.ts";

/** What alerts need. */
export interface AlertOptions extends DeliveryOptions {
  readonly backend: QueueBackend;
  readonly store: Pick<Store, "alertRules" | "alerts" | "clips" | "deliveries" | "guilds">;
  readonly discordApi: string;
  readonly discordToken?: string | undefined;
  readonly discordOptions?: RestSettings;
  /** Hosts that webhooks may call although they aren't public. */
  readonly webhookHosts: readonly string[];
  readonly logger: Logger;
}

/** Alerts, looked after until they are closed. */
export interface Alerting {
  /** Looks at the rules now that a clip has a reading; never throws. */
  heard(clipId: string): Promise<void>;
  /** Lets the deliveries under way finish, and makes no more. */
  close(): Promise<void>;
}

/** How often (ms) deliveries are looked for that nobody handed on, as the process that noted them died. */
const SWEEP_MS = 60_000;

/** Opens the alerts. @throws Error when the queue can't be reached. */
export async function openAlerts(options: AlertOptions): Promise<Alerting> {
  const { backend, store, logger, discordApi, discordToken, webhookHosts: hosts } = options;
  const send = webhookSender({ hosts, now: () => new Date() });
  const deliverer = alertDeliverer({
    ...{ store, discordApi, discordToken, send, logger },
    ...(options.discordOptions ? { discordOptions: options.discordOptions } : {}),
  });
  const opened = new AsyncDisposableStack();
  try {
    const queue = await openDeliveries(backend, deliverer, options);
    opened.defer(() => queue.close());
    const schedule = await openSchedule(backend, {
      name: "deliveries-sweep",
      everyMs: SWEEP_MS,
      work: async () => queue.enqueue(await store.deliveries.waiting()),
      onError: deliverer.onError,
    });
    opened.defer(() => schedule.close());
    // A worker that starts takes over from one that died.
    await queue.enqueue(await store.deliveries.waiting());
    const onRaised = async (alertId: string) => queue.enqueue(await store.deliveries.waiting(alertId));
    return { heard: alertRaiser({ store, logger, onRaised }), close: () => opened.disposeAsync() };
  } catch (cause) {
    await opened.disposeAsync();
    throw cause;
  }
}
