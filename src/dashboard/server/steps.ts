/** Where hours, days and weeks begin in a time zone, as PostgreSQL's `date_trunc` has it. */

const HOUR_MS = 3_600_000;

/** A moment's clock in a zone. */
function clockIn(zone: string) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    ...{ year: "numeric", month: "2-digit", day: "2-digit", weekday: "short" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  });
  return (at: number) => new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** The beginnings (the first may lie before `from`) of all steps of a range that doesn't include `to`. */
export function stepsBetween(from: Date, to: Date, step: "hour" | "day" | "week", zone: string): Date[] {
  const clock = clockIn(zone);
  const number = (parts: ReadonlyMap<string, string>, name: string) => Number(parts.get(name) ?? 0);
  const local = (at: number) => {
    const parts = clock(at);
    return Date.UTC(
      number(parts, "year"),
      number(parts, "month") - 1,
      number(parts, "day"),
      number(parts, "hour"),
      number(parts, "minute"),
      number(parts, "second"),
    );
  };
  /** The moment at which the zone's clocks show `wall`. */
  const momentOf = (wall: number) => {
    const guess = wall - (local(wall) - wall);
    return guess - (local(guess) - wall);
  };
  const DAY_MS = 24 * HOUR_MS;
  const begin = (at: number) => {
    const wall = local(at);
    if (step === "hour") return at - (((wall % HOUR_MS) + HOUR_MS) % HOUR_MS) - (at % 1000);
    const day = Math.floor(wall / DAY_MS);
    // The first of January 1970 was a Thursday; weeks begin on Mondays.
    const first = step === "week" ? day - ((((day + 3) % 7) + 7) % 7) : day;
    return momentOf(first * DAY_MS);
  };
  const next = (at: number) => {
    if (step === "hour") return at + HOUR_MS;
    const days = step === "week" ? 7 : 1;
    return momentOf((Math.floor(local(at) / DAY_MS) + days) * DAY_MS);
  };
  const steps: Date[] = [];
  for (let at = begin(from.getTime()); at < to.getTime(); at = next(at)) steps.push(new Date(at));
  return steps;
}
