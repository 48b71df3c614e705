import type { alertsEn } from "./en.ts";

/** Polish texts of alerts. */
export const alertsPl = {
  "alert.title": "Alert: {{rule}}",
  "alert.rests-on":
    "W ciągu {{time}} {{matching}} z {{utterances}} wypowiedzi brzmiało jak {{labels}}: {{share}}, więcej niż {{threshold}} z reguły.",
  "alert.channel": "Kanał",
  "alert.confidence": "Pewność",
  "alert.when": "Kiedy",
  "alert.fallible":
    "To przypuszczenie maszyny, oparte tylko na brzmieniu głosów. Może być błędne: zanim coś zrobisz, posłuchaj samodzielnie.",
} satisfies Record<keyof typeof alertsEn, string>;
