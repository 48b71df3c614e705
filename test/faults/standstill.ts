/** What there is to see when a trial stands still, so that whoever reads of it later knows where to look. */

import type { QueueBackend } from "../../src/jobs/backend.ts";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { query } from "../support/postgres.ts";
import type { TimbreProcess } from "../support/timbre-process.ts";

/** Where a trial stands. */
export interface Scene {
  /** Clips without an answer, by number. */
  readonly unanswered: readonly number[];
  readonly backend: QueueBackend;
  /** PostgreSQL itself, past the door. */
  readonly connectionString: string;
  /** Those that ran, in order. */
  readonly workers: readonly Pick<TimbreProcess, "child" | "logged">[];
}

/** Clips, and lines of a worker's log, that are told of. */
const CLIPS_TOLD = 10;
const LINES_TOLD = 12;

/** A server's sessions that keep others waiting, or wait themselves. */
const SESSIONS = `
  select pid, state, wait_event_type, wait_event, pg_blocking_pids(pid) as blocked_by, left(query, 80) as query,
    round(extract(epoch from now() - state_change)) as seconds
  from pg_stat_activity where state like 'idle in transaction%' or (state = 'active' and pid <> pg_backend_pid())`;

/** Tells how unanswered clips fare in the queue, which sessions hold PostgreSQL up, and what workers said last. */
export async function describeStandstill({ unanswered, backend, connectionString, workers }: Scene): Promise<string> {
  return [
    ...(await told("queue", () => statesOf(backend, unanswered.slice(0, CLIPS_TOLD)))),
    ...(await told("PostgreSQL", () => query(connectionString, SESSIONS))),
    ...workers.flatMap(({ child, logged }, i) => [
      `worker ${i + 1} (${child.signalCode ?? child.exitCode ?? "runs"}) said last:`,
      ...logged.entries.slice(-LINES_TOLD),
    ]),
  ].join("\n  ");
}

async function statesOf(backend: QueueBackend, clips: readonly number[]): Promise<readonly object[]> {
  const queue = await openClipQueue(backend);
  try {
    return await Promise.all(clips.map(async (clip) => ({ clip, state: await queue.state(`clip-${clip}`) })));
  } finally {
    await queue.close();
  }
}

/** What is found out, a line each; that it can't be found out says something, too. */
async function told(where: string, look: () => Promise<readonly object[]>): Promise<readonly string[]> {
  try {
    return (await look()).map((found) => `${where}: ${JSON.stringify(found)}`);
  } catch (error) {
    return [`${where} can't be asked: ${String(error)}`];
  }
}
