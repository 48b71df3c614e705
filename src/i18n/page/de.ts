import type { pageEn } from "./en.ts";

/** German texts of the page. */
export const pageDe: Record<keyof typeof pageEn, string> = {
  "page.title": "Timbre hört, wie etwas gesagt wird",
  "page.intro":
    "Leg eine Aufnahme einer Stimme hier ab und lies, welches Gefühl darin liegt. Dieses Timbre analysiert die Datei und löscht sie gleich danach.",
  "page.drop": "Leg eine Aufnahme hier ab",
  "page.drop-another": "Leg eine andere Aufnahme ab",
  "page.choose": "oder wähl eine Datei",
  "page.formats": "OGG, WebM, MP3, M4A, WAV oder FLAC",
  "page.sending": "{{name}} wird gesendet",
  "page.waiting": "Wartet, bis die Aufnahme an der Reihe ist",
  "page.active": "Hört {{name}} an",
  "page.failed": "Das hat nicht geklappt",
  "page.offline": "Timbre ist nicht zu erreichen. Sieh nach, ob es noch läuft, und versuch es noch einmal.",
  "page.scores": "Gefühle",
  "page.profile": "Die Stimme",
  "page.contour": "Tonhöhe und Lautstärke im Verlauf",
  "page.table": "Als Tabelle",
  "page.time": "Zeit",
  "page.strongest": "Am stärksten",
  "page.share": "Anteil",
  "page.fallible":
    "Timbre schätzt nach dem Klang allein, nicht nach den Worten. Es kann sich irren: Nimm es als Hinweis und beurteile niemanden danach.",
  "page.model": "Modell",
};
