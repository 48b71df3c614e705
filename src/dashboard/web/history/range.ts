/** Which readings a history is made of: as the address says it, and as the API is asked. */

import { ZONE } from "../times.ts";

/** Ranges to choose from, in days up to now. */
export const RANGES = [1, 7, 28, 90, 365] as const;
/** Where readings come from in servers. */
export const SOURCES = ["command", "menu", "automatic", "live"] as const;

/** What the reader chose. */
export interface Filters {
  /** Days up to now; null for a range of their own. */
  readonly days: number | null;
  /** First and last day of a range of their own, `2026-11-03`. */
  readonly from: string;
  readonly to: string;
  readonly channel: string;
  readonly source: string;
}

/** How the API is asked. */
export interface HistoryQuery {
  readonly [key: string]: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly step: "hour" | "day" | "week";
}

const DEFAULT_DAYS = 7;
const MS_PER_DAY = 86_400_000;
/** Up to so many days hours are shown, and from so many on weeks. */
const HOURS_UP_TO = 2;
const WEEKS_FROM = 120;

/** What the address says. */
export function filtersOf(query: URLSearchParams): Filters {
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""];
  const own = isDay(from) && isDay(to) && from <= to;
  const days = RANGES.find((each) => String(each) === query.get("days")) ?? DEFAULT_DAYS;
  return {
    days: own ? null : days,
    from: own ? from : dayOf(Date.now() - (days - 1) * MS_PER_DAY),
    to: own ? to : dayOf(Date.now()),
    channel: query.get("channel") ?? "",
    source: SOURCES.find((each) => each === query.get("source")) ?? "",
  };
}

/** The address that says it. */
export function addressFor(path: string, { days, from, to, channel, source }: Filters): string {
  const query = new URLSearchParams({
    ...(days === null ? { from, to } : { days: String(days) }),
    ...(channel && { channel }),
    ...(source && { source }),
  });
  return `${path}?${query}`;
}

/** The question: whole days where the reader is, from the first one's midnight to the last one's. */
export function questionOf({ from, to, channel, source }: Filters): HistoryQuery {
  const start = midnight(from, 0);
  const end = midnight(to, 1);
  const days = (end.getTime() - start.getTime()) / MS_PER_DAY;
  return {
    from: start.toISOString(),
    to: end.toISOString(),
    step: days <= HOURS_UP_TO ? "hour" : days >= WEEKS_FROM ? "week" : "day",
    zone: ZONE,
    channels: channel || undefined,
    sources: source || undefined,
  };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function midnight(day: string, later: number): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later);
}

/** A day where the reader is, as inputs write it. */
function dayOf(ms: number): string {
  const date = new Date(ms);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0"))
    .join("-");
}
