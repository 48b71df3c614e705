/** Time, handed in so that tests can turn it by hand. */

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
