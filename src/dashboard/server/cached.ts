/** Answers that stay good for a while, and a while longer when whoever gave them is away. */

/** How long answers are good. */
export interface CacheTimes {
  /** So long (ms) an answer is taken as it is. */
  readonly freshMs: number;
  /** So long (ms) it stands in while no newer one can be had. */
  readonly staleMs: number;
  readonly now: () => number;
}

interface Kept<Value> {
  readonly at: number;
  readonly value: Value;
}

/** Answers kept at most; the oldest goes first. */
const MOST = 10_000;

/** Asks by key, and keeps the answers. Who asks at the same time waits for the same answer. */
export function cached<Value>(
  ask: (key: string) => Promise<Value>,
  { freshMs, staleMs, now }: CacheTimes,
): (key: string) => Promise<Value> {
  const kept = new Map<string, Kept<Value>>();
  const asking = new Map<string, Promise<Value>>();

  async function renew(key: string): Promise<Value> {
    const at = now();
    try {
      const value = await ask(key);
      kept.delete(key);
      kept.set(key, { at, value });
      const [oldest] = kept.keys();
      if (oldest !== undefined && kept.size > MOST) kept.delete(oldest);
      return value;
    } catch (error) {
      const before = kept.get(key);
      if (before && now() - before.at < staleMs) return before.value;
      throw error;
    } finally {
      asking.delete(key);
    }
  }

  return (key) => {
    const before = kept.get(key);
    if (before && now() - before.at < freshMs) return Promise.resolve(before.value);
    const answer = asking.get(key) ?? renew(key);
    if (!asking.has(key)) asking.set(key, answer);
    return answer;
  };
}
