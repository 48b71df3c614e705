/** The live channels of a server, kept up to date by what happens in them. */

import { useState } from "preact/hooks";
import { addressOf } from "../../api/endpoint.ts";
import { API } from "../../api/index.ts";
import type { LiveResource } from "../../api/live.ts";
import { type Heard, useEvents } from "../use-events.ts";
import { type Known, useResource } from "../use-resource.ts";
import { WINDOW_MS } from "./stream.ts";

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

/** What runs after an event; undefined when that can't be told without asking. */
export function withEvent(live: LiveResource, event: Exclude<Heard, "gap">): LiveResource | undefined {
  if (event.id <= live.lastEventId) return live;
  const lastEventId = event.id;
  if (event.kind === "reading") {
    const oldest = Date.parse(event.at) - WINDOW_MS;
    const recent = live.readings.filter(({ at }) => Date.parse(at) >= oldest);
    return { ...live, lastEventId, readings: event.sessionId === null ? recent : [...recent, event] };
  }
  if (event.kind !== "session") return { ...live, lastEventId };
  const others = live.sessions.filter(({ sessionId }) => sessionId !== event.sessionId);
  if (event.endedAt !== null) return { ...live, lastEventId, sessions: others };
  const before = live.sessions.find(({ sessionId }) => sessionId === event.sessionId);
  const speakers = before?.speakers.filter(({ id }) => event.speakers.includes(id)) ?? [];
  // Whoever is new has a name that the event doesn't carry.
  if (!before || speakers.length < event.speakers.length) return undefined;
  const sessions = live.sessions.map((each) =>
    each === before ? { ...before, health: event.health, speakers } : each,
  );
  // Of people who left, nothing stays.
  const readings = live.readings.filter(
    ({ sessionId, subjectId }) =>
      sessionId !== event.sessionId || subjectId === null || event.speakers.includes(subjectId),
  );
  return { lastEventId, sessions, readings };
}
