/** Time for the local Discord: the real one, or one that a test turns by hand. */

/** Tells the time and rings later. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `action` once in `delayMs`; the answer takes that back. */
  after(delayMs: number, action: () => void): () => void;
}

/** The machine's own clock. Its timers don't keep a process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until it is moved on. */
export interface HandClock extends Clock {
  /** Moves time on and runs, in order, what became due. */
  advance(ms: number): void;
}

/** Makes a clock that stands at `startMs` (milliseconds since 1970; default now). */
export function handClock(startMs: number = Date.now()): HandClock {
  let nowMs = startMs;
  const alarms = new Set<{ readonly dueMs: number; readonly action: () => void }>();
  const nextDue = (untilMs: number) =>
    [...alarms].filter((alarm) => alarm.dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs)[0];
  return {
    now: () => nowMs,
    after: (delayMs, action) => {
      const alarm = { dueMs: nowMs + delayMs, action };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    advance: (ms) => {
      const untilMs = nowMs + ms;
      for (let alarm = nextDue(untilMs); alarm; alarm = nextDue(untilMs)) {
        alarms.delete(alarm);
        nowMs = alarm.dueMs;
        alarm.action();
      }
      nowMs = untilMs;
    },
  };
}
