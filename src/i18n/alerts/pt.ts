import type { alertsEn } from "./en.ts";

/** Portuguese texts of alerts. */
export const alertsPt = {
  "alert.title": "Alerta: {{rule}}",
  "alert.rests-on":
    "Em {{time}}, {{matching}} de {{utterances}} falas soaram como {{labels}}: {{share}}, mais que os {{threshold}} da regra.",
  "alert.channel": "Canal",
  "alert.confidence": "Grau de certeza",
  "alert.when": "Quando",
  "alert.fallible":
    "É um palpite da máquina, só pelo som das vozes. Pode estar errado: ouça você mesmo antes de fazer qualquer coisa.",
} satisfies Record<keyof typeof alertsEn, string>;
