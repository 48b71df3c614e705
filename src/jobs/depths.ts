/** How full the queues are. */

import { onPostgres, onRedis, postgresConnection, type QueueBackend, redisWorkerConnection } from "./backend.ts";
import { CLIP_QUEUE } from "./clip-job.ts";
import { DELIVERY_QUEUE } from "./deliveries.ts";
import { UTTERANCE_QUEUE } from "./utterance-queue.ts";

const QUEUES = { clips: CLIP_QUEUE, utterances: UTTERANCE_QUEUE, deliveries: DELIVERY_QUEUE } as const;

/** How full one queue is. */
export interface QueueDepth {
  readonly name: keyof typeof QUEUES;
  readonly waiting: number;
  readonly active: number;
  /** Wait for another try. */
  readonly delayed: number;
}

/** Looks at the queues. */
export interface Depths {
  read(): Promise<readonly QueueDepth[]>;
  close(): Promise<void>;
}

/** Opens all queues to look at them; BullMQ connects with the first look, and tells `onError` of lost connections. */
export function openDepths(backend: QueueBackend, onError: (error: Error) => void): Depths {
  const open = (queueName: string) =>
    backend.kind === "redis"
      ? new onRedis.Queue(queueName, { connection: redisWorkerConnection(backend.url) })
      : new onPostgres.Queue(queueName, { connection: postgresConnection(backend.connectionString) });
  const queues = [
    { name: "clips", queue: open(QUEUES.clips) },
    { name: "utterances", queue: open(QUEUES.utterances) },
    { name: "deliveries", queue: open(QUEUES.deliveries) },
  ] as const;
  for (const { queue } of queues) queue.on("error", onError);
  return {
    read: () =>
      Promise.all(
        queues.map(async ({ name, queue }) => {
          const counts = await queue.getJobCounts("waiting", "prioritized", "active", "delayed");
          const { waiting = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
          return { name, waiting: waiting + prioritized, active, delayed };
        }),
      ),
    async close() {
      await Promise.all(queues.map(({ queue }) => queue.close()));
    },
  };
}
