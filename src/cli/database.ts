/** The database and the queue that the settings mean, for commands that run while Timbre doesn't. */

import type { Config } from "../config.ts";
import type { QueueBackend } from "../jobs/backend.ts";
import { openStore, type Store, startEmbeddedPostgres } from "../store/index.ts";

/** Where everything is. */
export interface Installation {
  readonly connectionString: string;
  readonly backend: QueueBackend;
  readonly store: Store;
}

/**
 * Lets `work` work on the installation. The embedded database is started for that, and stopped again.
 * @throws DatabaseError when it can't be reached, or when a Timbre runs on the data folder.
 */
export async function withInstallation<T>(
  { databaseUrl, redisUrl, dataDir }: Config,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  await using opened = new AsyncDisposableStack();
  let connectionString = databaseUrl;
  if (connectionString === undefined) {
    const server = await startEmbeddedPostgres(dataDir);
    opened.defer(() => server.stop());
    connectionString = server.connectionString;
  }
  const store = await openStore(connectionString);
  opened.defer(() => store.close());
  const backend: QueueBackend = redisUrl ? { kind: "redis", url: redisUrl } : { kind: "postgres", connectionString };
  return await work({ connectionString, backend, store });
}
