/** Numbers and times as a language writes them. */

import type { Translate } from "../i18n/index.ts";

/** Writers of numbers in one language. */
export interface Formats {
  /** 0.724 -> `72%`. */
  percent(share: number): string;
  /** A number with at most `digits` after the point (default 0). */
  number(value: number, digits?: number): string;
  /** 30 -> `30 days`. */
  days(count: number): string;
  /** 90 -> `90 minutes`. */
  minutes(count: number): string;
  /** 60 -> `60 seconds`. */
  seconds(count: number): string;
  /** Milliseconds -> `1:05`, or `2.4 s` under ten seconds. */
  duration(ms: number): string;
}

/** Formats for the language that `t` speaks. */
export function formatsOf(t: Translate): Formats {
  const locale = t("language.tag");
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const unit = (name: "day" | "minute" | "second") => (count: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" }).format(count);
  return {
    percent: (share) => new Intl.NumberFormat(locale, { style: "percent" }).format(share),
    number,
    days: unit("day"),
    minutes: unit("minute"),
    seconds: unit("second"),
    duration: (ms) => (ms < 10_000 ? `${number(ms / 1000, 1)} s` : clock(ms)),
  };
}

/** Milliseconds -> `1:05`, the same in every language. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
