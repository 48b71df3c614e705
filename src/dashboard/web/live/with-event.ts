/** The live channels after something happened in one of them. */

import type { LiveEvent, LiveResource } from "../../api/live.ts";
import { WINDOW_MS } from "./stream.ts";

/** What runs after an event; undefined when that can't be told without asking. */
export function withEvent(live: LiveResource, event: LiveEvent): LiveResource | undefined {
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
