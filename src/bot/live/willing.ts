/** Who of the people in a channel is asked, and who allowed live analysis before. */

import type { Store } from "../../store/index.ts";

/** People by their stored choice; who opted out of everything is in neither. */
export interface Sorted {
  readonly asked: readonly string[];
  /** They allow it in `/privacy`, and didn't leave this session. */
  readonly willing: readonly string[];
}

/** Sorts people. */
export async function sortByConsent(
  { consents, live }: Pick<Store, "consents" | "live">,
  sessionId: string,
  userIds: readonly string[],
): Promise<Sorted> {
  const leftOut = await live.leftOut(sessionId);
  const choices = await Promise.all(userIds.map(async (userId) => ({ userId, ...(await consents.of(userId)) })));
  const isWilling = (each: (typeof choices)[number]) => each.live && !leftOut.includes(each.userId);
  return {
    asked: choices.filter((each) => !isWilling(each) && !each.optedOut).map(({ userId }) => userId),
    willing: choices.filter(isWilling).map(({ userId }) => userId),
  };
}
