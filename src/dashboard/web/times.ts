/** Times as the reader writes them, in the zone where they are. */

import type { Translate } from "../../i18n/translate.ts";

/** IANA's name of the reader's time zone. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Writers of times in one language. */
export interface Times {
  /** `14:05` */
  time(at: string | number): string;
  /** `Tue, 3 Nov, 14:05` */
  moment(at: string | number): string;
  /** `Tue, 3 Nov` */
  day(at: string | number): string;
  /** 1 (Monday) to 7 -> `Mon` */
  weekday(number: number): string;
}

/** A Monday, from which weekdays get their names. */
const MONDAY = Date.UTC(2024, 0, 1);
const MS_PER_DAY = 86_400_000;

/** Times for the language that `t` speaks. */
export function timesOf(t: Translate): Times {
  const locale = t("language.tag");
  const writer = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, options);
    return (at: string | number) => format.format(new Date(at));
  };
  const day = { weekday: "short", day: "numeric", month: "short" } as const;
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  const weekday = writer({ weekday: "short", timeZone: "UTC" });
  return {
    time: writer(time),
    moment: writer({ ...day, ...time }),
    day: writer(day),
    weekday: (number) => weekday(MONDAY + (number - 1) * MS_PER_DAY),
  };
}
