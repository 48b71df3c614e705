import type { alertsEn } from "./en.ts";

/** Spanish texts of alerts. */
export const alertsEs = {
  "alert.title": "Alerta: {{rule}}",
  "alert.rests-on":
    "En {{time}}, {{matching}} de {{utterances}} intervenciones sonaron a {{labels}}: {{share}}, más del {{threshold}} de la regla.",
  "alert.channel": "Canal",
  "alert.confidence": "Grado de seguridad",
  "alert.when": "Cuándo",
  "alert.fallible":
    "Es una suposición de la máquina por el sonido de las voces. Puede equivocarse: escucha tú mismo antes de hacer nada.",
} satisfies Record<keyof typeof alertsEn, string>;
