/** Hands events to open pages: one listener for all of a process, each event written once as text. */

import type { Writable } from "node:stream";
import type { Change } from "../../store/index.ts";
import { eventOf } from "./live-event.ts";
import type { DashboardParts } from "./parts.ts";

/** Proxies cut connections that are silent for a minute. */
const HEARTBEAT_MS = 25_000;
/** A page that has so much (bytes) unread is asleep: it is let go, and catches up when it comes back. */
const MOST_UNREAD = 256 * 1024;
/** Events that are read from the database at once. */
const PAGE = 500;

/** The events of a process. */
export interface EventHub {
  /**
   * Sends a server's events to `out`, from now on, or those after number `after` and then on, each once and in order.
   * The answer ends it.
   */
  follow(guildId: string, after: number | undefined, out: Writable): Promise<() => void>;
  /** Ends everything. */
  close(): Promise<void>;
}

/** A page that follows a server. */
interface Follower {
  readonly out: Writable;
  /** Number of the last event that was sent. */
  sent: number;
  /** Events that wait until what was missed is sent; undefined when it is. */
  waiting: Change[] | undefined;
}

/** Listens to the store's events. @throws Error when the database can't be reached. */
export async function openHub(changes: DashboardParts["store"]["changes"]): Promise<EventHub> {
  const followers = new Map<string, Set<Follower>>();
  const all = function* () {
    for (const those of followers.values()) yield* those;
  };
  const end = await changes.listen((change) => {
    const those = followers.get(change.guildId);
    if (!those?.size) return;
    const text = textOf(change);
    for (const follower of those) {
      if (follower.waiting) follower.waiting.push(change);
      else send(follower, change.id, text);
    }
  });
  const heartbeat = setInterval(() => {
    for (const { out } of all()) out.write(": still here\n\n");
  }, HEARTBEAT_MS);

  async function catchUp(follower: Follower, guildId: string): Promise<void> {
    for (;;) {
      const page = await changes.since(follower.sent, { guildId }, PAGE);
      for (const change of page) send(follower, change.id, textOf(change));
      if (page.length < PAGE) break;
    }
    const waiting = follower.waiting ?? [];
    follower.waiting = undefined;
    for (const change of waiting) send(follower, change.id, textOf(change));
  }

  return {
    async follow(guildId, after, out) {
      const those = followers.get(guildId) ?? new Set();
      followers.set(guildId, those);
      const follower: Follower = { out, sent: after ?? 0, waiting: [] };
      // Before looking back, so that nothing falls in between.
      those.add(follower);
      const leave = () => {
        those.delete(follower);
        if (those.size === 0) followers.delete(guildId);
      };
      try {
        if (after === undefined) follower.sent = await changes.latest();
        else if (await changes.isTrimmed(after)) out.write("event: gap\ndata: {}\n\n");
        await catchUp(follower, guildId);
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
    async close() {
      clearInterval(heartbeat);
      for (const { out } of all()) out.end();
      await end();
    },
  };
}

function send(follower: Follower, id: number, text: string): void {
  if (id <= follower.sent) return;
  follower.sent = id;
  if (follower.out.writableLength > MOST_UNREAD) follower.out.destroy();
  else if (!follower.out.destroyed) follower.out.write(text);
}

function textOf(change: Change): string {
  return `id: ${change.id}\nevent: change\ndata: ${JSON.stringify(eventOf(change))}\n\n`;
}
