import { alertsPl } from "./alerts/pl.ts";
import { answerPl } from "./answer/pl.ts";
import { errorTexts } from "./error-texts.ts";
import { livePl } from "./live/pl.ts";
import { pagePl } from "./page/pl.ts";
import { privacyPl } from "./privacy/pl.ts";
import { settingsPl } from "./settings/pl.ts";
import type { Texts } from "./texts.ts";

/** Polish texts. */
export const pl: Texts = {
  ...errorTexts({
    "not-audio": "To nie jest plik audio, który Timbre zna. Wyślij OGG, WebM, MP3, M4A, WAV lub FLAC.",
    "no-audio-track": "W tym pliku nie ma dźwięku, są tylko inne ścieżki. Wyślij plik ze ścieżką audio.",
    damaged: "Ten plik audio jest uszkodzony i nie da się go zdekodować. Wyeksportuj lub nagraj go jeszcze raz.",
    "unsupported-codec":
      "Dźwięk w tym pliku jest zakodowany jako {{codec}}, a tego Timbre nie potrafi zdekodować. Przekonwertuj go na OGG/Opus, MP3 lub WAV.",
    empty: "W tym pliku nie ma dźwięku. Nagraj coś i wyślij jeszcze raz.",
    "too-long": "To nagranie trwa dłużej niż {{limit}}. Wyślij krótszy fragment.",
    "too-large": "Ten plik jest większy niż {{limit}}. Wyślij mniejszy.",
    "fetch-refused": "Timbre nie może pobierać plików z {{host}}. Załącz plik na Discordzie.",
    "fetch-gone": "Tego pliku już nie ma. Wyślij go jeszcze raz.",
    unreadable: "Nie można otworzyć tego pliku ({{code}}). Sprawdź jego nazwę i uprawnienia.",
    "upload-gone": "Przesłanego pliku już nie ma. Wyślij go jeszcze raz.",
    "no-file":
      "Z tym żądaniem nie przyszedł żaden plik. Wyślij go w polu formularza file albo jako treść z typem audio.",
    "no-clip": "Nie ma nagrania o tym identyfikatorze. Być może nie jest już przechowywane.",
    "no-page": "Pod tym adresem nic nie ma.",
    busy: "Timbre jest teraz zbyt zajęty. Spróbuj ponownie za chwilę.",
    "too-often": "Przyszło od ciebie zbyt wiele żądań naraz. Poczekaj minutę.",
    "foreign-site": "To żądanie przyszło z innej strony, więc Timbre je odrzucił. Użyj strony Timbre.",
    "no-command": "Timbre nie ma już tego polecenia. Odśwież Discorda, aby zobaczyć te, które ma.",
    "no-attachment": "W tej wiadomości nie ma dźwięku. Wybierz taką z wiadomością głosową lub plikiem audio.",
    "no-recent-audio":
      "Timbre nie widzi na tym kanale żadnego niedawnego nagrania. Załącz nagranie albo wybierz Aplikacje, a potem Odczytaj emocję w menu wiadomości głosowej.",
    "opted-out": "Osoba, której głos tu słychać, nie chce, żeby Timbre jej słuchał, więc tego nie zrobił.",
    "not-yours":
      "Usunąć to może tylko osoba, której głos tu słychać, ten, kto pytał, i osoby zarządzające tu wiadomościami.",
    "only-subject":
      "Dziękuję za uważne słuchanie. Co to naprawdę było, może powiedzieć tylko osoba, której to głos, więc nic nie zapisano.",
    "no-link": "To nie jest link do wiadomości. W menu wiadomości wybierz Kopiuj link do wiadomości i wklej go tutaj.",
    "link-unseen":
      "Timbre nie widzi nagrania w tej wiadomości albo nie możesz jej czytać. Spróbuj w menu samej wiadomości: Aplikacje, a potem Odczytaj emocję.",
    "no-message-content":
      "Timbre nie może jeszcze widzieć wiadomości na serwerach. Dla osoby, która go prowadzi: włącz Message Content Intent w portalu deweloperskim Discorda (Bot) i uruchom Timbre ponownie.",
    "clip-deleted": "Ten wynik usunięto na życzenie, więc nie ma czego pokazać.",
    "manage-server": "Tylko osoby, które mogą zarządzać tym serwerem, mogą zmieniać jego ustawienia.",
    "name-roles": "Wybierz role wtedy i tylko wtedy, gdy mają móc wybrane role.",
    "too-many-channels": "Timbre czyta sam z siebie najwyżej {{limit}} kanałów serwera. Najpierw wyłącz jeden z nich.",
    "channel-closed":
      "{{channel}} jest zamknięty dla Timbre. Pozwól mu tam wyświetlać kanał, czytać historię wiadomości, wysyłać wiadomości i dodawać reakcje, i spróbuj ponownie.",
    "message-gone": "Wiadomość z tym nagraniem została usunięta, więc Timbre go nie odsłuchał.",
    "missing-access":
      "Timbre nie ma dostępu do kanału z tym nagraniem. Pozwól mu wyświetlać kanał i czytać historię wiadomości albo załącz nagranie do /emotion.",
    "too-often-person": "W krótkim czasie przesłano od ciebie wiele nagrań. Możesz kontynuować {{when}}.",
    "too-often-server": "Na tym serwerze w krótkim czasie poproszono o wiele nagrań. Można kontynuować {{when}}.",
    "needs-bot":
      "Na tym serwerze są tylko polecenia Timbre, a nie sam Timbre. Kto zarządza serwerem, może go zaprosić linkiem, który pokazuje timbre setup.",
    "join-voice": "Najpierw wejdź na kanał głosowy: Timbre słucha tam, gdzie jesteś.",
    "voice-closed":
      "{{channel}} jest zamknięty dla Timbre. Pozwól mu tam wyświetlać kanał, łączyć się, wysyłać wiadomości, wyświetlać podgląd linków i załączać pliki, i spróbuj jeszcze raz.",
    "voice-full": "{{channel}} jest pełny, więc Timbre nie może dołączyć. Zrób jedno miejsce i spróbuj jeszcze raz.",
    "voice-unreachable": "Timbre nie udało się dołączyć do {{channel}}. Spróbuj ponownie za kilka minut.",
    "live-running":
      "Timbre słucha już na kanale {{channel}}, a na serwerze może być tylko na jednym kanale głosowym. Najpierw to zakończ.",
    "live-not-running": "Timbre nie słucha na żadnym kanale głosowym tego serwera.",
    "live-forbidden":
      "Nie możesz tu włączać ani kończyć trybu na żywo. Kto może, decydują osoby zarządzające serwerem, w /ustawienia na-zywo.",
    "live-over": "Ta sesja na żywo już się skończyła. Timbre nikogo już nie słyszy.",
    "live-opted-out":
      "Nie zgadzasz się na nic, więc Timbre cię nie słucha. Jeśli zmienisz zdanie, najpierw wycofaj sprzeciw w /prywatnosc.",
    internal:
      "Coś poszło nie tak po stronie Timbre. Spróbuj ponownie później. Jeśli to się powtarza, podaj osobie prowadzącej Timbre ten numer: {{reference}}.",
    "not-signed-in": "Nie jesteś zalogowany lub twoja sesja wygasła. Zaloguj się ponownie.",
    "no-guild": "Nie ma tu takiego serwera albo nie jesteś jego moderatorem.",
    "not-there": "Tego już nie ma. Być może ktoś to usunął.",
    "token-scope": "Ten token na to nie pozwala. Potrzebuje zakresu {{scope}}.",
    "bad-request": "Timbre nie rozumie tego żądania ({{detail}}).",
    "too-many": "Ten serwer nie może mieć ich więcej. Najpierw usuń jeden.",
    "webhook-refused": "Timbre nie może wywołać {{host}}: webhook wymaga https i publicznego adresu.",
    "gave-up":
      "Timbre nie dał rady, mimo kilku prób. Spróbuj ponownie później. Jeśli to się powtarza, podaj osobie prowadzącej Timbre ten numer: {{reference}}.",
  }),
  "label.anger": "złość",
  "label.disgust": "wstręt",
  "label.fear": "strach",
  "label.happiness": "radość",
  "label.surprise": "miłe zaskoczenie",
  "label.sadness": "smutek",
  "label.neutral": "neutralność",
  "label.no-speech": "brak mowy",
  "label.unnamed": "brak jednej emocji",
  "label.uncertain": "niepewne",
  "dimension.arousal": "pobudzenie",
  "dimension.dominance": "dominacja",
  "dimension.valence": "walencja",
  "language.name": "Polski",
  "language.tag": "pl",
  "reading.title": "{{label}} · {{percent}}",
  "reading.uncertain": "niepewne · być może {{label}} ({{percent}})",
  "reading.confidence-none": "wcale nie na pewno",
  "reading.confidence-guess": "niemal zgadywanie",
  "reading.confidence-slight": "niezbyt pewnie",
  "reading.confidence-fair": "dość pewnie",
  "reading.confidence-high": "bardzo pewnie",
  "reading.explained": "Timbre słyszy: {{label}} ({{words}}).",
  "reading.uncertain-explained": "Żadna emocja się nie wyróżnia, więc Timbre woli żadnej nie nazywać.",
  "reading.no-speech-explained": "W tym nagraniu nikt nie mówi, więc nie ma emocji do usłyszenia.",
  "reading.dimensions-explained":
    "Ten model nie nazywa emocji. Mówi, czy głos brzmi spokojnie czy z pobudzeniem, ulegle czy władczo, nieprzyjemnie czy przyjemnie.",
  "reading.dimensions": "Na skalach",
  "reading.over-time": "W czasie",
  "reading.footnote": "{{model}} · {{length}} · ocena maszyny, może się mylić",
  "reading.alt": "Odczyt: {{title}}. Wyniki: {{scores}}.",
  "profile.pitch": "Wysokość",
  "profile.pitch-value": "{{median}} Hz, zwykle od {{low}} do {{high}} Hz ({{word}})",
  "profile.pitch-none": "brak, nic nie jest dźwięczne",
  "profile.loudness": "Głośność",
  "profile.loudness-value": "{{level}} dBFS ({{word}})",
  "profile.energy": "Energia",
  "profile.energy-value": "{{energy}} na ramkę",
  "profile.brightness": "Jasność",
  "profile.brightness-value": "{{hertz}} Hz ({{word}})",
  "profile.brightness-none": "brak, jest cisza",
  "profile.voiced": "Dźwięczność",
  "profile.voiced-value": "{{share}} dźwięku",
  "profile.low": "niska",
  "profile.medium": "średnia",
  "profile.high": "wysoka",
  "profile.quiet": "cicho",
  "profile.moderate": "umiarkowanie",
  "profile.loud": "głośno",
  "profile.dark": "ciemno",
  "profile.balanced": "w równowadze",
  "profile.bright": "jasno",
  ...pagePl,
  "command.emotion.name": "emocja",
  "command.emotion.description": "Usłysz emocję w nagraniu głosu",
  "command.emotion.clip.name": "nagranie",
  "command.emotion.clip.description": "Nagranie: OGG, WebM, MP3, M4A, WAV lub FLAC",
  "command.read.name": "Odczytaj emocję",
  ...settingsPl,
  ...alertsPl,
  ...answerPl,
  ...privacyPl,
  ...livePl,
};
