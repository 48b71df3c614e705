import type { liveEn } from "./en.ts";

/** German texts of `/mood` and of live sessions. */
export const liveDe: Record<keyof typeof liveEn, string> = {
  "command.mood.name": "stimmung",
  "command.mood.description": "Die Stimmung in deinem Sprachkanal hören, von denen, die zustimmen",
  "command.mood.start.name": "start",
  "command.mood.start.description": "In deinem Sprachkanal zuhören, denen, die zustimmen",
  "command.mood.start.minutes.name": "minuten",
  "command.mood.start.minutes.description": "Wie lange höchstens, in Minuten; ohne Angabe 120",
  "command.mood.start.half-life.name": "halbwertszeit",
  "command.mood.start.half-life.description":
    "Nach wie vielen Sekunden ein Ergebnis nur noch halb zählt; ohne Angabe 60",
  "command.mood.stop.name": "stopp",
  "command.mood.stop.description": "Nicht mehr zuhören und zeigen, wie die Stimmung war",
  "command.mood.status.name": "status",
  "command.mood.status.description": "Wie gut Timbre hört und was verworfen wurde",
  "live.include": "Nimm mich auf",
  "live.leave-out": "Lass mich aus",
  "live.notice":
    "🔴 **Timbre hört in {{channel}} zu.** {{person}} hat es gestartet. Es hört, wie etwas gesagt wird, nicht was, und schätzt nach dem Klang der Stimme ein Gefühl. Es ist eine Maschine und kann sich irren; beurteile niemanden danach.",
  "live.notice-rules":
    "Gehört wird nur, wer mitmachen will. Du kannst es dir jederzeit anders überlegen und wirst innerhalb einer Sekunde ausgelassen. Es wird kein Ton gespeichert. Timbre geht spätestens nach {{time}}.",
  "live.notice-asked": "{{people}}: Ihr werdet nicht gehört, außer ihr wählt _Nimm mich auf_.",
  "live.notice-willing":
    "{{people}}: Ihr habt in {{command}} die Live-Analyse erlaubt und macht deshalb mit. _Lass mich aus_ beendet das hier.",
  "live.included":
    "Du machst jetzt mit. _Lass mich aus_ beendet das sofort. Mit {{command}} siehst du, was über dich gespeichert ist, oder löschst es.",
  "live.left-out":
    "Du bist ausgelassen: Timbre hört dich nicht mehr. Was es in dieser Sitzung über deine Stimme wusste, ist gelöscht, und ebenso, was du gesagt hast und es noch nicht gelesen hatte. Mit {{command}} siehst du den Rest oder löschst ihn.",
  "live.started":
    "Timbre hört jetzt in {{channel}} zu und hat es allen dort gesagt. Wer gehört werden will, wählt _Nimm mich auf_.",
  "live.title": "🔴 Die Stimmung in {{channel}}, live",
  "live.title-over": "Die Stimmung in {{channel}}: nicht mehr live",
  "live.footer": "Ein Ergebnis zählt nach {{time}} nur noch halb · eine Schätzung einer Maschine, die sich irren kann",
  "live.mood-none": "In letzter Zeit nichts gehört",
  "live.mood-mixed": "gemischt, am ehesten {{title}}",
  "live.speakers-none": "Niemand macht mit. Wer gehört werden will, wählt _Nimm mich auf_.",
  "live.summary": "Die Stimmung in {{channel}}",
  "live.summary-footer":
    "{{time}} · Äußerungen: {{count}} · angekommen: {{share}} des Tons · eine Schätzung einer Maschine, die sich irren kann",
  "live.status": "Timbre hört in {{channel}} zu. {{person}} hat es gestartet.",
  "live.status-time": "Seit {{since}}; es endet spätestens {{until}}.",
  "live.status-speakers": "Es machen mit: {{people}}.",
  "live.status-unheard": "Von denen, die mitmachen, hat noch niemand gesprochen.",
  "live.status-heard": "{{share}} des Gesagten sind angekommen: {{audio}} von {{spoken}}.",
  "live.status-utterances": "Zum Lesen weitergegebene Äußerungen: {{count}}.",
  "live.status-dropped": "Verworfen: {{reasons}}.",
  "live.status-dropped-none": "Keine Äußerung wurde verworfen.",
  "live.drop-too-short": "zu kurz",
  "live.drop-no-consent": "keine Zustimmung",
  "live.drop-undecryptable": "nicht zu entschlüsseln",
  "live.drop-undecodable": "nicht zu dekodieren",
  "live.drop-queue-full": "Warteschlange voll",
  "live.drop-stale": "zu spät",
  "live.left-stopped": "Der Live-Modus wurde beendet. Timbre hört niemanden mehr.",
  "live.left-empty": "Alle haben den Kanal verlassen, deshalb ist auch Timbre gegangen.",
  "live.left-nobody":
    "Im Kanal macht niemand mit, deshalb ist Timbre gegangen. Starte es wieder, wenn jemand gehört werden will.",
  "live.left-time": "Die Zeit zum Zuhören ist um, deshalb ist Timbre gegangen.",
  "live.left-shutdown":
    "Timbre wird angehalten oder aktualisiert und ist deshalb gegangen. Bitte starte es in ein paar Minuten noch einmal.",
  "live.left-lost":
    "Timbre ist ausgefallen, während es hier zuhörte. Es hört niemanden mehr; was es über eure Stimmen wusste, ist gelöscht. Bitte starte es noch einmal.",
  "live.left-disconnected": "Jemand hat Timbre getrennt, oder der Anruf ist zu Ende. Es hört niemanden mehr.",
  "live.left-moved":
    "Timbre wurde in einen anderen Kanal verschoben, in dem niemand zugestimmt hat. Es hat ihn verlassen.",
  "live.left-undecryptable":
    "Timbre ist mehrmals beigetreten, kann aber nicht entschlüsseln, was gesagt wird, und hat den Kanal verlassen. Bitte starte es in ein paar Minuten noch einmal.",
  "live.left-silent":
    "Es wird gesprochen, aber bei Timbre kommt kein Ton an, deshalb hat es den Kanal verlassen. Wenn ein neuer Start nicht hilft, sollte der Betreiber prüfen, ob UDP zu Discord durchkommt.",
  "live.left-unreachable":
    "Timbre hat die Verbindung zum Sprachserver von Discord verloren und nicht zurückbekommen. Bitte starte es in ein paar Minuten noch einmal.",
  "live.left-encryption":
    "Discord verlangt eine Verschlüsselung, die diese Version von Timbre nicht beherrscht, deshalb kann es nicht zuhören. Wer Timbre betreibt, sollte es aktualisieren.",
};
