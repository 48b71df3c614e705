import { answerDe } from "./answer/de.ts";
import { errorTexts } from "./error-texts.ts";
import { liveDe } from "./live/de.ts";
import { privacyDe } from "./privacy/de.ts";
import { settingsDe } from "./settings/de.ts";
import type { Texts } from "./texts.ts";

/** German texts. */
export const de: Texts = {
  ...errorTexts({
    "not-audio": "Das ist keine Audiodatei, die Timbre kennt. Schick OGG, WebM, MP3, M4A, WAV oder FLAC.",
    "no-audio-track": "In dieser Datei ist kein Ton, nur andere Spuren. Schick eine mit Tonspur.",
    damaged:
      "Diese Audiodatei ist beschädigt und lässt sich nicht dekodieren. Exportiere oder nimm sie noch einmal auf.",
    "unsupported-codec":
      "Der Ton in dieser Datei ist als {{codec}} kodiert; das kann Timbre nicht dekodieren. Wandle ihn in OGG/Opus, MP3 oder WAV um.",
    empty: "In dieser Datei ist kein Ton. Nimm etwas auf und schick es noch einmal.",
    "too-long": "Diese Aufnahme ist länger als {{limit}}. Schick einen kürzeren Teil.",
    "too-large": "Diese Datei ist größer als {{limit}}. Schick eine kleinere.",
    "fetch-refused": "Von {{host}} darf Timbre keine Dateien holen. Häng die Datei stattdessen in Discord an.",
    "fetch-gone": "Die Datei ist nicht mehr da. Schick sie noch einmal.",
    unreadable: "Diese Datei lässt sich nicht öffnen ({{code}}). Prüfe Namen und Rechte.",
    "upload-gone": "Die hochgeladene Datei ist nicht mehr da. Schick sie noch einmal.",
    "no-file":
      "Mit dieser Anfrage kam keine Datei. Schick eine als Formularfeld file oder als Inhalt mit einem Audio-Typ.",
    "no-clip": "Einen Clip mit dieser Kennung gibt es nicht. Vielleicht wird er nicht mehr aufbewahrt.",
    "no-page": "An dieser Adresse ist nichts.",
    busy: "Timbre ist gerade zu beschäftigt. Bitte versuch es gleich noch einmal.",
    "too-often": "Von dir kamen zu viele Anfragen auf einmal. Bitte warte eine Minute.",
    "foreign-site":
      "Diese Anfrage kam von einer anderen Seite, deshalb hat Timbre sie abgelehnt. Benutz Timbres eigene Seite.",
    "no-attachment": "In dieser Nachricht ist kein Ton. Wähl eine mit einer Sprachnachricht oder einer Audiodatei.",
    "no-recent-audio":
      "Timbre sieht in diesem Kanal keine Aufnahme aus letzter Zeit. Häng eine an, oder wähl im Menü einer Sprachnachricht Apps und dann Emotion lesen.",
    "no-command": "Diesen Befehl hat Timbre nicht mehr. Lade Discord neu, dann siehst du, welche es gibt.",
    "opted-out":
      "Die Person, deren Stimme das ist, möchte nicht, dass Timbre sie anhört. Timbre hat es deshalb gelassen.",
    "not-yours":
      "Das können nur die Person löschen, deren Stimme es ist, wer gefragt hat, und wer hier Nachrichten verwaltet.",
    "only-subject":
      "Danke fürs genaue Hinhören. Was es wirklich war, kann nur die Person sagen, deren Stimme das ist; deshalb wurde nichts notiert.",
    "no-link":
      "Das ist kein Link einer Nachricht. Wähl im Menü der Nachricht Nachrichtenlink kopieren, und füg ihn hier ein.",
    "link-unseen":
      "Timbre sieht in dieser Nachricht keine Aufnahme, oder du darfst sie nicht lesen. Versuch im Menü der Nachricht selbst Apps und dann Emotion lesen.",
    "no-message-content":
      "Timbre darf Nachrichten in Servern noch nicht sehen. Wer es betreibt: Schalte im Entwicklerportal von Discord (Bot) den Message Content Intent ein, und starte Timbre neu.",
    "clip-deleted": "Dieses Ergebnis wurde auf Wunsch gelöscht, deshalb gibt es nichts zu zeigen.",
    "manage-server": "Nur wer diesen Server verwalten darf, kann seine Einstellungen ändern.",
    "name-roles": "Wähl genau dann Rollen, wenn bestimmte Rollen dürfen sollen.",
    "too-many-channels":
      "Timbre liest höchstens {{limit}} Kanäle eines Servers von selbst. Schalte erst einen davon aus.",
    "channel-closed":
      "{{channel}} ist für Timbre verschlossen. Lass es dort den Kanal ansehen, den Nachrichtenverlauf lesen, Nachrichten senden und Reaktionen hinzufügen, und versuch es noch einmal.",
    "message-gone": "Die Nachricht mit dieser Aufnahme wurde gelöscht, deshalb hat Timbre sie nicht angehört.",
    "missing-access":
      "Den Kanal dieser Aufnahme darf Timbre nicht sehen. Erlaub ihm, den Kanal zu sehen und den Nachrichtenverlauf zu lesen, oder häng die Aufnahme an /emotion an.",
    "too-often-person": "Du hast in kurzer Zeit viele Aufnahmen angefragt. Weiter geht es {{when}}.",
    "too-often-server": "Auf diesem Server wurden in kurzer Zeit viele Aufnahmen angefragt. Weiter geht es {{when}}.",
    "needs-bot":
      "Auf diesem Server sind nur die Befehle von Timbre, nicht Timbre selbst. Wer den Server verwaltet, kann es mit dem Link einladen, den timbre setup ausgibt.",
    "join-voice": "Geh zuerst in einen Sprachkanal: Timbre hört dort zu, wo du bist.",
    "voice-closed":
      "{{channel}} ist für Timbre verschlossen. Lass es dort den Kanal ansehen, sich verbinden, Nachrichten senden, Links einbetten und Dateien anhängen, und versuch es noch einmal.",
    "voice-full":
      "{{channel}} ist voll, deshalb kann Timbre nicht beitreten. Mach einen Platz frei, und versuch es noch einmal.",
    "voice-unreachable": "Timbre konnte {{channel}} nicht beitreten. Bitte versuch es in ein paar Minuten noch einmal.",
    "live-running":
      "Timbre hört schon in {{channel}} zu, und mehr als ein Sprachkanal pro Server geht nicht. Beende das zuerst.",
    "live-not-running": "Timbre hört auf diesem Server in keinem Sprachkanal zu.",
    "live-forbidden":
      "Du kannst den Live-Modus hier weder starten noch beenden. Wer das darf, legen die Verwalter des Servers mit /einstellungen live fest.",
    "live-over": "Diese Live-Sitzung ist vorbei. Timbre hört niemanden mehr.",
    "live-opted-out":
      "Du hast allem widersprochen, deshalb hört Timbre dir nicht zu. Wenn du es dir anders überlegt hast, nimm den Widerspruch erst mit /privatsphaere zurück.",
    internal:
      "Bei Timbre ist etwas schiefgegangen. Bitte versuch es später noch einmal. Wenn es dabei bleibt, nenn denen, die Timbre betreiben, dieses Kennzeichen: {{reference}}.",
    "gave-up":
      "Timbre ist damit trotz mehrerer Versuche nicht fertig geworden. Bitte versuch es später noch einmal. Wenn es dabei bleibt, nenn denen, die Timbre betreiben, dieses Kennzeichen: {{reference}}.",
  }),
  "label.anger": "Ärger",
  "label.disgust": "Ekel",
  "label.fear": "Angst",
  "label.happiness": "Freude",
  "label.surprise": "freudige Überraschung",
  "label.sadness": "Traurigkeit",
  "label.neutral": "neutral",
  "label.no-speech": "keine Sprache",
  "label.unnamed": "keine einzelne Emotion",
  "dimension.arousal": "Erregung",
  "dimension.dominance": "Dominanz",
  "dimension.valence": "Valenz",
  "language.name": "Deutsch",
  "language.tag": "de-DE",
  "reading.title": "{{label}} · {{percent}}",
  "reading.uncertain": "unsicher · vielleicht {{label}} ({{percent}})",
  "reading.confidence-none": "gar nicht sicher",
  "reading.confidence-guess": "kaum mehr als geraten",
  "reading.confidence-slight": "nicht sehr sicher",
  "reading.confidence-fair": "ziemlich sicher",
  "reading.confidence-high": "sehr sicher",
  "reading.explained": "Timbre hört: {{label}} ({{words}}).",
  "reading.uncertain-explained": "Kein Gefühl sticht heraus, deshalb nennt Timbre lieber keines.",
  "reading.no-speech-explained": "In diesem Clip spricht niemand, also ist kein Gefühl zu hören.",
  "reading.dimensions-explained":
    "Dieses Modell benennt keine Emotion. Es sagt, wie ruhig oder erregt, wie nachgiebig oder bestimmend und wie unangenehm oder angenehm die Stimme klingt.",
  "reading.dimensions": "Auf Skalen",
  "reading.over-time": "Im Verlauf",
  "reading.footnote": "{{model}} · {{length}} · von einer Maschine geschätzt, kann falsch sein",
  "reading.alt": "Ergebnis: {{title}}. Werte: {{scores}}.",
  "profile.pitch": "Tonhöhe",
  "profile.pitch-value": "{{median}} Hz, meist {{low}} bis {{high}} Hz ({{word}})",
  "profile.pitch-none": "keine, nichts ist stimmhaft",
  "profile.loudness": "Lautstärke",
  "profile.loudness-value": "{{level}} dBFS ({{word}})",
  "profile.energy": "Energie",
  "profile.energy-value": "{{energy}} je Frame",
  "profile.brightness": "Helligkeit",
  "profile.brightness-value": "{{hertz}} Hz ({{word}})",
  "profile.brightness-none": "keine, es ist still",
  "profile.voiced": "Stimmhaft",
  "profile.voiced-value": "{{share}} des Tons",
  "profile.low": "tief",
  "profile.medium": "mittel",
  "profile.high": "hoch",
  "profile.quiet": "leise",
  "profile.moderate": "mittel",
  "profile.loud": "laut",
  "profile.dark": "dunkel",
  "profile.balanced": "ausgewogen",
  "profile.bright": "hell",
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
  "command.emotion.name": "emotion",
  "command.emotion.description": "Hört, welches Gefühl in der Aufnahme einer Stimme liegt",
  "command.emotion.clip.name": "aufnahme",
  "command.emotion.clip.description": "Die Aufnahme: OGG, WebM, MP3, M4A, WAV oder FLAC",
  "command.read.name": "Emotion lesen",
  ...settingsDe,
  ...answerDe,
  ...privacyDe,
  ...liveDe,
};
