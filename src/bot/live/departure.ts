/** When the bot leaves a voice channel by itself: what it knows of the channel in, a time and a reason out. */

/** How long things may go on, in ms. */
export interface DepartureRules {
  /** Longest session, unless who starts it says otherwise. */
  readonly longestMs: number;
  /** The channel may be empty for so long: somebody's connection broke, and they come back. */
  readonly emptyMs: number;
  /** And so long nobody who is there takes part: people have to read and decide. */
  readonly nobodyMs: number;
}

/** What production uses. */
export const DEPARTURE_RULES: DepartureRules = { longestMs: 120 * 60_000, emptyMs: 10_000, nobodyMs: 120_000 };

/** What is known of a session; times in ms since 1970. */
export interface Attendance {
  readonly startedMs: number;
  /** Since when nobody is there; undefined while somebody is. */
  readonly emptySinceMs: number | undefined;
  /** Since when nobody who is there takes part; undefined while somebody does. */
  readonly nobodySinceMs: number | undefined;
}

/** That the bot will leave, unless something changes. */
export interface Departure {
  readonly atMs: number;
  readonly reason: "time" | "empty" | "nobody";
}

/** The next departure. */
export function departureOf(attendance: Attendance, rules: DepartureRules): Departure {
  const { startedMs, emptySinceMs, nobodySinceMs } = attendance;
  const all: Departure[] = [{ atMs: startedMs + rules.longestMs, reason: "time" }];
  if (emptySinceMs !== undefined) all.push({ atMs: emptySinceMs + rules.emptyMs, reason: "empty" });
  if (nobodySinceMs !== undefined) all.push({ atMs: nobodySinceMs + rules.nobodyMs, reason: "nobody" });
  return all.reduce((soonest, next) => (next.atMs < soonest.atMs ? next : soonest));
}
