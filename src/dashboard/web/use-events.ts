/** What happens in a server, as it happens (server-sent events). */

import { useEffect, useRef, useState } from "preact/hooks";
import { addressOf } from "../api/endpoint.ts";
import { API } from "../api/index.ts";
import { type LiveEvent, liveEvent } from "../api/live.ts";

/** Pause before a new attempt, ms. */
const RETRY_MS = 5000;

/** Something that happened; `gap`: so much was missed that everything should be asked for anew. */
export type Heard = LiveEvent | "gap";

/**
 * Listens while the part of the page is shown. The browser reconnects by itself and says what it heard last, so
 * nothing is missed. `after` is where to begin, when something was read before; null waits until that is known.
 * Returns whether it is connected.
 */
export function useEvents(guildId: string, hear: (event: Heard) => void, after?: number | null): boolean {
  const [connected, setConnected] = useState(false);
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    if (after === null) return;
    let heard = after;
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource(addressOf(API.events, { guildId }, { after: heard }));
      source.onopen = () => setConnected(true);
      source.onerror = () => {
        setConnected(false);
        // After an answer that is no stream, such as that of a proxy whose server restarts, it doesn't try again itself.
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, RETRY_MS);
      };
      source.addEventListener("gap", () => latest.current("gap"));
      source.addEventListener("change", ({ data }) => {
        const event = understand(data);
        if (!event) return;
        heard = event.id;
        latest.current(event);
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [guildId, after]);
  return connected;
}

function understand(data: unknown): LiveEvent | undefined {
  try {
    return liveEvent.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
