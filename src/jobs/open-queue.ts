/** Opens a queue of BullMQ for those who add jobs to it. */

import { onPostgres, onRedis, postgresConnection, type QueueBackend, redisProducerConnection } from "./backend.ts";

/**
 * Opens a queue, and makes its tables where they are missing. BullMQ reconnects by itself and tells `onError` of it.
 * @throws Error when the server can't be reached.
 */
export async function openQueue<Data>(
  backend: QueueBackend,
  name: string,
  onError: (error: Error) => void = () => undefined,
) {
  const queue =
    backend.kind === "redis"
      ? new onRedis.Queue<Data>(name, { connection: redisProducerConnection(backend.url) })
      : new onPostgres.Queue<Data>(name, { connection: postgresConnection(backend.connectionString) });
  queue.on("error", onError);
  // Redis' client would try for ever; a server that can't be reached at the start is more likely a wrong address.
  const refused = Promise.withResolvers<never>();
  queue.once("error", refused.reject);
  refused.promise.catch(() => undefined);
  try {
    await Promise.race([queue.waitUntilReady(), refused.promise]);
  } catch (cause) {
    await queue.close().catch(() => undefined);
    throw cause;
  }
  return queue;
}

/** BullMQ's own ids are numbers, so it refuses numbers from us; Discord's ids are nothing else. */
const JOB_ID_PREFIX = "clip-";

/** The id of the job about a clip. */
export function jobIdOf(clipId: string): string {
  return JOB_ID_PREFIX + clipId;
}

/** The clip that a job of this id is about. */
export function clipIdOf(jobId: string): string {
  return jobId.slice(JOB_ID_PREFIX.length);
}
