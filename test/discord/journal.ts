/** What happened, in order; and a way to wait for what hasn't happened yet. */

/** How long anything is waited for before the wait fails, in real milliseconds. */
export const PATIENCE_MS = 30_000;

/** An append-only list whose readers can wait for an entry. */
export class Journal<T> {
  readonly #entries: T[] = [];
  readonly #readers = new Set<() => void>();

  /** Everything so far. */
  get entries(): readonly T[] {
    return this.#entries;
  }

  /** Writes an entry and tells those who wait. */
  push(entry: T): void {
    this.#entries.push(entry);
    for (const look of [...this.#readers]) look();
  }

  /**
   * The first entry, old or new, that `matches`.
   * @throws Error naming `what` when none came within `patienceMs`.
   */
  find<U extends T>(matches: (entry: T) => entry is U, what: string, patienceMs?: number): Promise<U>;
  find(matches: (entry: T) => boolean, what: string, patienceMs?: number): Promise<T>;
  find(matches: (entry: T) => boolean, what: string, patienceMs = PATIENCE_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.#readers.delete(look);
      };
      const look = () => {
        const entry = this.#entries.find(matches);
        if (entry === undefined) return;
        done();
        resolve(entry);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`Waited ${patienceMs} ms in vain for ${what}.`));
      }, patienceMs);
      this.#readers.add(look);
      look();
    });
  }
}
