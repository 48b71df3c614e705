import type { pageEn } from "./en.ts";

/** Spanish texts of the page. */
export const pageEs: Record<keyof typeof pageEn, string> = {
  "page.title": "Timbre oye cómo se dice algo",
  "page.intro":
    "Suelta una grabación de una voz y lee la emoción que hay en ella. Este Timbre analiza el archivo y lo borra enseguida.",
  "page.drop": "Suelta aquí una grabación",
  "page.drop-another": "Suelta otra grabación",
  "page.choose": "o elige un archivo",
  "page.formats": "OGG, WebM, MP3, M4A, WAV o FLAC",
  "page.sending": "Enviando {{name}}",
  "page.waiting": "Esperando su turno",
  "page.active": "Escuchando {{name}}",
  "page.failed": "No ha funcionado",
  "page.offline": "No se puede contactar con Timbre. Mira si sigue en marcha e inténtalo de nuevo.",
  "page.scores": "Emociones",
  "page.profile": "La voz",
  "page.contour": "Tono y volumen a lo largo del tiempo",
  "page.table": "Como tabla",
  "page.time": "Tiempo",
  "page.strongest": "La más fuerte",
  "page.share": "Parte",
  "page.fallible":
    "Timbre adivina solo por el sonido, no por las palabras. Puede equivocarse: tómalo como una pista y no juzgues a nadie por ello.",
  "page.model": "Modelo",
};
