import type { privacyEn } from "./en.ts";

/** German texts of `/privacy` and of the first notice. */
export const privacyDe: Record<keyof typeof privacyEn, string> = {
  "command.privacy.name": "privatsphaere",
  "command.privacy.description": "Sieh, was Timbre über dich aufbewahrt, und entscheide darüber",
  "privacy.title": "Was Timbre über dich aufbewahrt",
  "privacy.audio": "Aufnahmen deiner Stimme: keine. Timbre bewahrt nie Ton auf.",
  "privacy.readings": "Ergebnisse zu deiner Stimme (was zu hören war, als Zahlen): {{count}}, das erste vom {{since}}.",
  "privacy.readings-none": "Ergebnisse zu deiner Stimme: keine.",
  "privacy.unread": "Clips deiner Stimme ohne Ergebnis (noch nicht gelesen oder nicht lesbar): {{count}}.",
  "privacy.asked":
    "Dass du nach Clips anderer gefragt hast: {{count}}. Deren Ergebnisse gehören ihnen, deshalb siehst du hier keine davon.",
  "privacy.sessions": "Live-Sitzungen, die du gestartet hast: {{count}}.",
  "privacy.corrections": "Korrekturen von dir (um Timbre zu messen, nie um es zu trainieren): {{count}}.",
  "privacy.kept": "Jeder Server bestimmt, wie lange Ergebnisse aufbewahrt werden; anderswo sind es {{time}}.",
  "privacy.choice-live":
    "Deine Wahl: Timbre darf dich anhören, wenn jemand fragt, und auch von selbst, live und in automatischen Kanälen.",
  "privacy.choice-asked": "Deine Wahl: Timbre darf einen Clip von dir anhören, wenn jemand fragt, und nie von selbst.",
  "privacy.choice-nothing":
    "Deine Wahl: Niemand darf deine Stimme analysieren lassen. Was vorher aufbewahrt wurde, bleibt, bis du es löschst.",
  "privacy.live-on": "Live-Analyse erlauben",
  "privacy.live-off": "Live-Analyse beenden",
  "privacy.opt-out": "Alles ablehnen",
  "privacy.opt-in": "Wieder zulassen",
  "privacy.export": "Exportieren",
  "privacy.delete": "Alles löschen",
  "privacy.delete-confirm":
    "Alle Ergebnisse zu deiner Stimme, deine Korrekturen, deine Fragen nach Clips anderer und dass du Live-Sitzungen gestartet hast, löschen? Das lässt sich nicht rückgängig machen. Deine Wahl bleibt, damit sie weiter gilt; ebenso deine Änderungen an den Einstellungen eines Servers.",
  "privacy.delete-yes": "Ja, löschen",
  "privacy.delete-no": "Nein, behalten",
  "privacy.deleted": "Alles ist gelöscht.",
  "privacy.exported": "Das ist alles, was Timbre über dich aufbewahrt. Nur du siehst es.",
  "privacy.exported-part": "Teil {{part}}.",
  notice:
    "**Timbre ist neu hier.** Es hört, wie etwas gesagt wird, nicht was: Aus dem Klang einer Stimme schätzt es ein Gefühl. Es ist eine Maschine und kann sich irren, also beurteile niemanden danach. Ton wird nicht aufbewahrt. Mit {{command}} siehst du, was über dich aufbewahrt wird, löschst es oder lehnst alles ab.",
};
