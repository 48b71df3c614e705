import type { answerEn } from "./en.ts";

/** Polish texts of answers, their buttons, and what `/emotion` can be told. */
export const answerPl: Record<keyof typeof answerEn, string> = {
  "command.emotion.link.name": "link",
  "command.emotion.link.description": "Zamiast pliku: link do wiadomości z nagraniem",
  "command.emotion.private.name": "prywatnie",
  "command.emotion.private.description": "Czy tylko ty widzisz odpowiedź (inaczej decyduje serwer)",
  "answer.details": "Szczegóły",
  "answer.delete": "Usuń",
  "answer.wrong": "Nietrafne?",
  "answer.limits": "Czego nie potrafi",
  "answer.agree":
    "To twój głos, więc wiesz najlepiej. Czy Timbre może zachować to, co o nim powiesz? Posłuży to tylko do sprawdzenia, jak często Timbre ma rację, nigdy do trenowania, i zniknie razem z wynikiem.",
  "answer.agree-yes": "Tak, zachowaj",
  "answer.agree-no": "Nie",
  "answer.declined": "W porządku, nic nie zachowano.",
  "answer.which": "Co to było?",
  "answer.thanks": "Dziękuję. Timbre zapisuje: {{label}}.",
  "answer.queued": "⏳ W kolejce. Nagrania przed tym: najwyżej {{count}}",
  "answer.hearing": "👂 Timbre słucha {{name}}",
  "answer.late": "{{person}}, oto wynik, o który prosisz. Trwało to dłużej, niż Discord czeka na odpowiedź.",
  "answer.first-only":
    "Discord nie pozwala tu Timbre odpowiedzieć naraz na więcej nagrań: odczytane: {{count}} z {{all}}. Pozostałe dołącz do /emotion.",
};
