/** How a queue is doing, for those who watch it. */

/** A queue's depth and age. */
export interface QueueFigures {
  /** Jobs in each state. */
  readonly jobs: Readonly<Record<string, number>>;
  /** For how long (ms) the job that comes next has waited; 0 when none waits. */
  readonly headAgeMs: number;
}

/** The states that are counted: those before the end. Ended jobs are kept for minutes only. */
const STATES = ["waiting", "prioritized", "delayed", "active"] as const;

interface Countable {
  getJobCounts(...states: readonly string[]): Promise<Readonly<Record<string, number>>>;
  getJobs(
    states: ("waiting" | "prioritized")[],
    start: number,
    end: number,
    asc: boolean,
  ): Promise<readonly ({ readonly timestamp: number } | undefined)[]>;
}

/** Asks a queue of BullMQ; `nowMs` is the time. @throws Error when its server can't be reached. */
export async function figuresOf(queue: Countable, nowMs: number): Promise<QueueFigures> {
  const [jobs, heads] = await Promise.all([
    queue.getJobCounts(...STATES),
    Promise.all((["waiting", "prioritized"] as const).map((state) => queue.getJobs([state], 0, 0, true))),
  ]);
  const asked = heads.flat().map((job) => job?.timestamp ?? nowMs);
  return { jobs, headAgeMs: Math.max(0, nowMs - Math.min(nowMs, ...asked)) };
}
