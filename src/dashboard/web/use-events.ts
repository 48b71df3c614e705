/** What happens in a server, as it happens (server-sent events). */

import { useEffect, useRef, useState } from "preact/hooks";
import { addressOf } from "../api/endpoint.ts";
import { API } from "../api/index.ts";
import { type LiveEvent, liveEvent } from "../api/live.ts";

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
    const source = new EventSource(addressOf(API.events, { guildId }, { after }));
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    source.addEventListener("gap", () => latest.current("gap"));
    source.addEventListener("change", ({ data }) => {
      const event = understand(data);
      if (event) latest.current(event);
    });
    return () => source.close();
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
