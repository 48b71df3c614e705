import type { privacyEn } from "./en.ts";

/** Polish texts of `/privacy` and of the first notice. */
export const privacyPl: Record<keyof typeof privacyEn, string> = {
  "command.privacy.name": "prywatnosc",
  "command.privacy.description": "Zobacz, co Timbre przechowuje o tobie, i zdecyduj o tym",
  "privacy.title": "Co Timbre przechowuje o tobie",
  "privacy.audio": "Nagrania twojego głosu: żadne. Timbre nigdy nie przechowuje dźwięku.",
  "privacy.readings":
    "Wyniki dotyczące twojego głosu (to, co było słychać, w liczbach): {{count}}, pierwszy z {{since}}.",
  "privacy.readings-none": "Wyniki dotyczące twojego głosu: brak.",
  "privacy.unread": "Klipy z twoim głosem bez wyniku (jeszcze nieodczytane lub nieczytelne): {{count}}.",
  "privacy.asked":
    "Twoje pytania o klipy innych osób: {{count}}. Ich wyniki należą do nich, więc nie widzisz tu żadnego.",
  "privacy.sessions": "Sesje na żywo, które zostały przez ciebie włączone: {{count}}.",
  "privacy.corrections": "Twoje poprawki (do oceny Timbre, nigdy do jego uczenia): {{count}}.",
  "privacy.kept": "Każdy serwer decyduje, jak długo wyniki są przechowywane; poza serwerami: {{time}}.",
  "privacy.choice-live":
    "Twój wybór: Timbre może cię słuchać, gdy ktoś o to poprosi, a także sam z siebie, na żywo i na kanałach automatycznych.",
  "privacy.choice-asked":
    "Twój wybór: Timbre może wysłuchać twojego klipu, gdy ktoś o to poprosi, a nigdy sam z siebie.",
  "privacy.choice-nothing":
    "Twój wybór: nikt nie może zlecić analizy twojego głosu. To, co przechowano wcześniej, zostaje, dopóki tego nie usuniesz.",
  "privacy.live-on": "Zezwól na analizę na żywo",
  "privacy.live-off": "Zakończ analizę na żywo",
  "privacy.opt-out": "Nie zgadzam się na nic",
  "privacy.opt-in": "Zezwól ponownie",
  "privacy.export": "Eksportuj",
  "privacy.delete": "Usuń wszystko",
  "privacy.delete-confirm":
    "Usunąć wszystkie wyniki dotyczące twojego głosu, twoje poprawki, pytania o klipy innych osób i informacje o tym, które sesje na żywo zostały przez ciebie włączone? Nie da się tego cofnąć. Twój wybór zostaje, żeby nadal obowiązywał; zostają też twoje zmiany w ustawieniach serwerów.",
  "privacy.delete-yes": "Tak, usuń",
  "privacy.delete-no": "Nie, zostaw",
  "privacy.deleted": "Wszystko usunięte.",
  "privacy.exported": "To wszystko, co Timbre przechowuje o tobie. Widzisz to tylko ty.",
  "privacy.exported-part": "Część {{part}}.",
  notice:
    "**Timbre jest tu nowy.** Słyszy, jak coś jest mówione, a nie co: z brzmienia głosu zgaduje emocję. To maszyna i może się mylić, więc nikogo po tym nie oceniaj. Dźwięk nie jest przechowywany. Przez {{command}} zobaczysz, co jest przechowywane o tobie, usuniesz to albo na nic się nie zgodzisz.",
};
