import type { liveEn } from "./en.ts";

/** Polish texts of `/mood` and of live sessions. */
export const livePl: Record<keyof typeof liveEn, string> = {
  "command.mood.name": "nastroj",
  "command.mood.description": "Usłysz nastrój na swoim kanale głosowym, u osób, które się zgodzą",
  "command.mood.start.name": "start",
  "command.mood.start.description": "Słuchaj na swoim kanale głosowym osób, które się zgodzą",
  "command.mood.start.minutes.name": "minuty",
  "command.mood.start.minutes.description": "Jak długo najwyżej, w minutach; domyślnie 120",
  "command.mood.start.half-life.name": "polowiczny-zanik",
  "command.mood.start.half-life.description": "Po ilu sekundach wynik liczy się w połowie; domyślnie 60",
  "command.mood.stop.name": "stop",
  "command.mood.stop.description": "Przestań słuchać i pokaż, jaki był nastrój",
  "command.mood.status.name": "stan",
  "command.mood.status.description": "Jak dobrze Timbre słyszy i co zostało odrzucone",
  "live.include": "Chcę uczestniczyć",
  "live.leave-out": "Pomiń mnie",
  "live.notice":
    "🔴 **Timbre słucha na kanale {{channel}}.** Włączenie: {{person}}. Słyszy, jak coś się mówi, a nie co, i odgaduje emocję z brzmienia głosu. To maszyna i może się mylić, więc nikogo na tej podstawie nie oceniaj.",
  "live.notice-rules":
    "Słuchane są tylko osoby, które chcą uczestniczyć. W każdej chwili możesz zmienić zdanie, a w ciągu sekundy przestaniesz być słuchana lub słuchany. Dźwięk nie jest przechowywany. Timbre wychodzi najpóźniej po czasie: {{time}}.",
  "live.notice-asked": "{{people}}: Timbre was nie słucha, chyba że wybierzecie _Chcę uczestniczyć_.",
  "live.notice-willing":
    "{{people}}: macie zgodę na analizę na żywo w {{command}}, więc uczestniczycie. _Pomiń mnie_ kończy to tutaj.",
  "live.included":
    "Teraz uczestniczysz. _Pomiń mnie_ kończy to od razu. W {{command}} zobaczysz, co jest o tobie przechowywane, albo to usuniesz.",
  "live.left-out":
    "Nie uczestniczysz: Timbre już cię nie słyszy. To, co w tej sesji wiedział o twoim głosie, jest usunięte, podobnie jak wypowiedzi, których jeszcze nie odczytał. W {{command}} zobaczysz resztę albo ją usuniesz.",
  "live.started":
    "Timbre słucha na kanale {{channel}} i powiadomił wszystkich obecnych. Kto chce być słyszany, wybiera _Chcę uczestniczyć_.",
  "live.title": "🔴 Nastrój na kanale {{channel}}, na żywo",
  "live.title-over": "Nastrój na kanale {{channel}}: już nie na żywo",
  "live.footer": "Wynik liczy się w połowie po czasie: {{time}} · to domysł maszyny, która może się mylić",
  "live.mood-none": "Ostatnio nic nie było słychać",
  "live.mood-mixed": "mieszany, głównie {{title}}",
  "live.speakers-none": "Nikt nie uczestniczy. Kto chce być słyszany, wybiera _Chcę uczestniczyć_.",
  "live.summary": "Nastrój na kanale {{channel}}",
  "live.summary-footer":
    "{{time}} · wypowiedzi: {{count}} · dotarło: {{share}} dźwięku · to domysł maszyny, która może się mylić",
  "live.status": "Timbre słucha na kanale {{channel}}. Włączenie: {{person}}.",
  "live.status-time": "Od: {{since}}; koniec najpóźniej: {{until}}.",
  "live.status-speakers": "Uczestniczą: {{people}}.",
  "live.status-unheard": "Nikt z uczestników jeszcze nic nie powiedział.",
  "live.status-heard": "Dotarło {{share}} tego, co zostało powiedziane: {{audio}} z {{spoken}}.",
  "live.status-utterances": "Wypowiedzi przekazane do odczytania: {{count}}.",
  "live.status-dropped": "Odrzucone: {{reasons}}.",
  "live.status-dropped-none": "Żadna wypowiedź nie została odrzucona.",
  "live.drop-too-short": "za krótkie",
  "live.drop-no-consent": "bez zgody",
  "live.drop-undecryptable": "nie do odszyfrowania",
  "live.drop-undecodable": "nie do zdekodowania",
  "live.drop-queue-full": "pełna kolejka",
  "live.drop-stale": "za późno",
  "live.left-stopped": "Tryb na żywo został zakończony. Timbre nikogo już nie słyszy.",
  "live.left-empty": "Wszyscy opuścili kanał, więc Timbre też wyszedł.",
  "live.left-nobody":
    "Na kanale nikt nie uczestniczy, więc Timbre wyszedł. Uruchom go ponownie, gdy ktoś zechce być słyszany.",
  "live.left-time": "Czas słuchania minął, więc Timbre wyszedł.",
  "live.left-shutdown": "Timbre jest zatrzymywany lub aktualizowany, więc wyszedł. Uruchom go ponownie za kilka minut.",
  "live.left-lost":
    "Timbre przestał działać, gdy tu słuchał. Nikogo już nie słyszy; to, co wiedział o waszych głosach, jest usunięte. Uruchom go ponownie.",
  "live.left-disconnected": "Ktoś rozłączył Timbre albo rozmowa się skończyła. Timbre nikogo już nie słyszy.",
  "live.left-moved": "Timbre został przeniesiony na inny kanał, gdzie nikt nie zgodził się na słuchanie. Opuścił go.",
  "live.left-undecryptable":
    "Timbre dołączał kilka razy, ale nie może odszyfrować tego, co się mówi, więc wyszedł. Uruchom go ponownie za kilka minut.",
  "live.left-silent":
    "Ktoś mówi, ale do Timbre nie dociera żaden dźwięk, więc wyszedł. Jeśli ponowne uruchomienie nie pomoże, osoba, która prowadzi Timbre, powinna sprawdzić, czy UDP dociera do Discorda.",
  "live.left-unreachable":
    "Timbre stracił połączenie z serwerem głosowym Discorda i nie zdołał go odzyskać. Uruchom go ponownie za kilka minut.",
  "live.left-encryption":
    "Discord wymaga szyfrowania, którego ta wersja Timbre nie zna, więc nie może słuchać. Osoba, która prowadzi Timbre, powinna go zaktualizować.",
};
