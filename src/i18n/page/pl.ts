import type { pageEn } from "./en.ts";

/** Polish texts of the page. */
export const pagePl: Record<keyof typeof pageEn, string> = {
  "page.title": "Timbre słyszy, jak coś jest powiedziane",
  "page.intro": "Upuść nagranie głosu i odczytaj w nim emocję. Ten Timbre analizuje plik i zaraz potem go usuwa.",
  "page.drop": "Upuść nagranie tutaj",
  "page.drop-another": "Upuść inne nagranie",
  "page.choose": "albo wybierz plik",
  "page.formats": "OGG, WebM, MP3, M4A, WAV lub FLAC",
  "page.sending": "Wysyłanie {{name}}",
  "page.waiting": "Czeka na swoją kolej",
  "page.active": "Słuchanie {{name}}",
  "page.failed": "Nie udało się",
  "page.offline": "Nie można połączyć się z Timbre. Sprawdź, czy jeszcze działa, i spróbuj ponownie.",
  "page.scores": "Emocje",
  "page.profile": "Głos",
  "page.contour": "Wysokość i głośność w czasie",
  "page.table": "Jako tabela",
  "page.time": "Czas",
  "page.strongest": "Najsilniejsza",
  "page.share": "Udział",
  "page.fallible":
    "Timbre zgaduje tylko z brzmienia, nie ze słów. Może się mylić: potraktuj to jako wskazówkę i nikogo na tej podstawie nie osądzaj.",
  "page.model": "Model",
};
