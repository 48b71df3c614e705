import type { alertsEn } from "./en.ts";

/** German texts of alerts. */
export const alertsDe = {
  "alert.title": "Warnung: {{rule}}",
  "alert.rests-on":
    "Innerhalb von {{time}} klangen {{matching}} von {{utterances}} Äußerungen nach {{labels}}: {{share}}, mehr als die {{threshold}} der Regel.",
  "alert.channel": "Kanal",
  "alert.confidence": "Wie sicher",
  "alert.when": "Wann",
  "alert.fallible":
    "Eine Vermutung der Maschine, nur nach dem Klang der Stimmen. Sie kann falsch sein: Hör bitte selbst hin, bevor du etwas unternimmst.",
} satisfies Record<keyof typeof alertsEn, string>;
