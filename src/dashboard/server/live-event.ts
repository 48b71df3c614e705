/** An event as moderators see it. */

import type { Change } from "../../store/index.ts";
import type { LiveEvent } from "../api/live.ts";

/** What is sent of an event. Whose a reading is, is told only of people who take part in a live session. */
export function eventOf(change: Change): LiveEvent {
  const { guildId: _, ...rest } = change;
  const at = change.at.toISOString();
  switch (rest.kind) {
    case "reading":
      return { ...rest, at, subjectId: rest.source === "live" ? rest.subjectId : null };
    case "session":
      return {
        ...{ ...rest, at, startedAt: rest.startedAt.toISOString(), endedAt: rest.endedAt?.toISOString() ?? null },
        speakers: [...rest.speakers],
      };
    default:
      return { ...rest, at };
  }
}
