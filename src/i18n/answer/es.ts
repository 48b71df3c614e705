import type { answerEn } from "./en.ts";

/** Spanish texts of answers, their buttons, and what `/emotion` can be told. */
export const answerEs: Record<keyof typeof answerEn, string> = {
  "command.emotion.link.name": "enlace",
  "command.emotion.link.description": "En lugar de un archivo: el enlace de un mensaje con una grabación",
  "command.emotion.private.name": "privado",
  "command.emotion.private.description": "Si solo tú ves la respuesta (si no, decide el servidor)",
  "answer.details": "Detalles",
  "answer.delete": "Borrar",
  "answer.wrong": "¿Mal?",
  "answer.limits": "Lo que no puede hacer",
  "answer.agree":
    "Es tu voz, así que nadie lo sabe mejor. ¿Puede Timbre guardar lo que digas de ella? Solo sirve para medir cuánto acierta Timbre, nunca para entrenarlo, y se borra junto con el resultado.",
  "answer.agree-yes": "Sí, guárdalo",
  "answer.agree-no": "No",
  "answer.declined": "De acuerdo, no se ha guardado nada.",
  "answer.which": "¿Qué era?",
  "answer.thanks": "Gracias. Timbre anota: {{label}}.",
  "answer.queued": "⏳ En cola. Grabaciones antes que esta: como mucho {{count}}",
  "answer.hearing": "👂 Timbre está escuchando {{name}}",
  "answer.late":
    "{{person}}, aquí está el resultado que pediste. Ha tardado más de lo que Discord espera una respuesta.",
  "answer.first-only":
    "Discord no deja que Timbre responda aquí a más grabaciones a la vez: se leen {{count}} de {{all}}. Adjunta las demás con /emotion.",
};
