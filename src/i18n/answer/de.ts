import type { answerEn } from "./en.ts";

/** German texts of answers, their buttons, and what `/emotion` can be told. */
export const answerDe: Record<keyof typeof answerEn, string> = {
  "command.emotion.link.name": "link",
  "command.emotion.link.description": "Statt einer Datei: der Link einer Nachricht mit einer Aufnahme",
  "command.emotion.private.name": "privat",
  "command.emotion.private.description": "Ob nur du die Antwort siehst (sonst entscheidet der Server)",
  "answer.details": "Einzelheiten",
  "answer.delete": "Löschen",
  "answer.wrong": "Falsch?",
  "answer.limits": "Was es nicht kann",
  "answer.agree":
    "Es ist deine Stimme, du weißt es am besten. Darf Timbre aufbewahren, was du dazu sagst? Damit wird nur gemessen, wie oft Timbre richtigliegt, nie trainiert, und mit dem Ergebnis wird es gelöscht.",
  "answer.agree-yes": "Ja, aufbewahren",
  "answer.agree-no": "Nein",
  "answer.declined": "In Ordnung, es wurde nichts aufbewahrt.",
  "answer.which": "Was war es?",
  "answer.thanks": "Danke. Timbre merkt sich: {{label}}.",
  "answer.queued": "⏳ In der Warteschlange. Aufnahmen vor dieser: höchstens {{count}}",
  "answer.hearing": "👂 Timbre hört {{name}} an",
  "answer.late":
    "{{person}}, hier ist das Ergebnis, nach dem du gefragt hast. Es hat länger gedauert, als Discord eine Antwort offen hält.",
  "answer.first-only":
    "Mehr Aufnahmen auf einmal lässt Discord Timbre hier nicht beantworten: {{count}} von {{all}} werden gelesen. Häng die anderen an /emotion an.",
};
