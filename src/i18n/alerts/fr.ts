import type { alertsEn } from "./en.ts";

/** French texts of alerts. */
export const alertsFr = {
  "alert.title": "Alerte : {{rule}}",
  "alert.rests-on":
    "En {{time}}, {{matching}} prises de parole sur {{utterances}} évoquaient : {{labels}}. C’est {{share}}, plus que les {{threshold}} de la règle.",
  "alert.channel": "Salon",
  "alert.confidence": "Degré de certitude",
  "alert.when": "Quand",
  "alert.fallible":
    "Une supposition de la machine d’après le seul son des voix. Elle peut se tromper : écoutez vous-même avant d’agir.",
} satisfies Record<keyof typeof alertsEn, string>;
