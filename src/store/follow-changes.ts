/** Hears what happens in servers as it is notified: in order, each once, also what happens while the connection is away. */

import { type Change, change } from "./change-schema.ts";
import { openNotifications } from "./notifications.ts";

/** Where events are written down. */
export interface WrittenChanges {
  /** The events after number `id`, in order, at most `PAGE`. */
  since(id: number): Promise<readonly Change[]>;
  /** The number of the latest event; 0 before the first. */
  latest(): Promise<number>;
}

/** What is notified: the number of an event, or all of one that isn't kept. */
export const CHANNEL = "timbre_events";
/** Events that are read at once. */
export const PAGE = 500;

/** Tells `handler` of every event from now on; the answer ends it. @throws Error when the database can't be reached now. */
export async function followChanges(
  connectionString: string,
  written: WrittenChanges,
  handler: (change: Change) => void,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  const reader = new Reader(written, await written.latest(), handler);
  const inTurn = sequence(onError);
  // Many notifications at once need one look, as long as it hasn't begun.
  let due: { end: number } | undefined;

  const look = (end: number) => {
    if (due) {
      due.end = Math.max(due.end, end);
      return;
    }
    const own = { end };
    due = own;
    inTurn(() => {
      if (due === own) due = undefined;
      return reader.catchUp(own.end);
    });
  };
  const passOn = (payload: string) => {
    // Whatever is looked for from now on comes after it.
    due = undefined;
    inTurn(async () => {
      const passing = change.parse(JSON.parse(payload));
      await reader.catchUp(passing.id).catch(onError);
      handler(passing);
    });
  };
  const listener = await openNotifications(connectionString, CHANNEL, {
    onPayload: (payload) => (payload.startsWith("{") ? passOn(payload) : look(Number(payload))),
    onGap: () => look(Number.POSITIVE_INFINITY),
    onError,
  });
  inTurn(async () => reader.catchUp(await written.latest()));
  return () => listener.close();
}

/** Tells what is written down, and knows how far it is. */
class Reader {
  readonly #written: WrittenChanges;
  readonly #handler: (change: Change) => void;
  #told: number;

  constructor(written: WrittenChanges, told: number, handler: (change: Change) => void) {
    this.#written = written;
    this.#told = told;
    this.#handler = handler;
  }

  /** Tells what was written down up to number `end`, and no more: what isn't written down may come before the rest. */
  async catchUp(end: number): Promise<void> {
    let found = PAGE;
    while (found === PAGE && this.#told < end) {
      const changes = (await this.#written.since(this.#told)).filter(({ id }) => id <= end);
      for (const each of changes) {
        this.#told = each.id;
        this.#handler(each);
      }
      found = changes.length;
    }
  }
}

/** Does one thing after the other; a failure is told, and the next is done. */
function sequence(onError: (error: Error) => void) {
  let last = Promise.resolve();
  return (work: () => Promise<void>) => {
    last = last.then(work).catch(onError);
  };
}
