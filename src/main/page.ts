/** Puts the dashboard together. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { type Config, ConfigError } from "../config.ts";
import { type Dashboard, discordDirectory, LINK_PATH, startDashboard } from "../dashboard/server/index.ts";
import type { QueueBackend } from "../jobs/backend.ts";
import { openDepths } from "../jobs/depths.ts";
import type { ClipQueue } from "../jobs/queue.ts";
import { readModelInfo } from "../ser/index.ts";
import type { Store } from "../store/index.ts";

/** What the dashboard is made of. */
export interface PageParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly opened: AsyncDisposableStack;
  readonly store: Store;
  readonly queue: ClipQueue;
  readonly backend: QueueBackend;
}

/** Starts the dashboard, and says where it is and how one gets in. @throws ConfigError for half a Discord. */
export async function openPage({ config, logger, opened, store, queue, backend }: PageParts): Promise<string> {
  const { host, port, maxBytes, publicUrl, webhookHosts, discordApi: api, discordToken: token } = config;
  const clientSecret = config.discordClientSecret;
  if (clientSecret !== undefined && token === undefined)
    throw new ConfigError(
      "DISCORD_CLIENT_SECRET needs DISCORD_TOKEN as well: the page asks Discord as the bot who may see what.",
    );
  const depths = openDepths(backend, (error) => logger.warn({ reason: error.message }, "connection lost"));
  opened.defer(() => depths.close());
  const page = await startDashboard({
    ...{ store, queue, host, port, maxBytes, logger, publicUrl, webhookHosts },
    depths: depths.read,
    model: await readModelInfo(config.modelDir),
    modelCard: await readFile(join(config.modelDir, "CARD.md"), "utf8").catch(() => null),
    directory: token === undefined ? undefined : discordDirectory(api, token),
    discord: token !== undefined && clientSecret !== undefined ? { api, token, clientSecret } : undefined,
    now: () => new Date(),
  });
  opened.defer(() => page.close());
  console.log(`Timbre's page: ${await entrance(page, config, store)}`);
  return page.address;
}

/** Where one gets in: through Discord at the page itself, else by a link that works once. */
async function entrance(page: Dashboard, config: Config, store: Store): Promise<string> {
  const address = config.publicUrl ?? page.address;
  if (config.discordClientSecret !== undefined) return address;
  return `${address}${LINK_PATH}?key=${await store.signIns.makeLink()}\n(this link signs you in, once; start Timbre again for another)`;
}
