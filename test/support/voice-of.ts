/** What a running session knows of a voice. */

import { type SpeakerStatistics, UNHEARD } from "../../src/ser/index.ts";
import type { Store } from "../../src/store/index.ts";

/** The statistics of a person's voice in a session; undefined when they don't take part, or the session is over. */
export async function voiceOf(store: Store, sessionId: string, userId: string): Promise<SpeakerStatistics | undefined> {
  const sessions = await store.live.knownOf(userId);
  const known = sessions.find((session) => session.sessionId === sessionId && session.included);
  return known && (known.statistics ?? UNHEARD);
}
