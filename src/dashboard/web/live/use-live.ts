/** The live channels of a server, kept up to date by what happens in them. */

import { useState } from "preact/hooks";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import type { LiveResource } from "../../api/live.ts";
import { useEvents } from "../use-events.ts";
import { type Known, useResource } from "../use-resource.ts";
import { withEvent } from "./with-event.ts";

/** What runs, and whether more of it will be heard. */
export interface Live {
  readonly known: Known<LiveResource>;
  readonly connected: boolean;
}

/** Asks once, and follows from there; asks again where so much was missed or new people came that names are needed. */
export function useLive(guildId: string): Live {
  const known = useResource(API.live, addressOf(API.live, { guildId }));
  const { value, put, reload } = known;
  const [after, setAfter] = useState<number | null>(null);
  if (value && after === null) setAfter(value.lastEventId);
  const connected = useEvents(
    guildId,
    (event) => {
      if (!value) return;
      const next = event === "gap" ? undefined : withEvent(value, event);
      if (next) put(next);
      else reload();
    },
    after,
  );
  return { known, connected };
}
