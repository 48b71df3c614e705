/** English texts of `/privacy` and of the first notice. */
export const privacyEn = {
  "command.privacy.name": "privacy",
  "command.privacy.description": "See what Timbre keeps about you, and decide about it",
  "privacy.title": "What Timbre keeps about you",
  "privacy.audio": "Recordings of your voice: none. Timbre never keeps audio.",
  "privacy.readings": "Readings of your voice (what was heard, as figures): {{count}}, the first from {{since}}.",
  "privacy.readings-none": "Readings of your voice: none.",
  "privacy.unread": "Clips of your voice without a reading (not read yet, or unreadable): {{count}}.",
  "privacy.asked":
    "That you asked about clips of others: {{count}}. Their readings are theirs, so you see none of them here.",
  "privacy.sessions": "Live sessions that you started: {{count}}.",
  "privacy.corrections": "Corrections that you gave (for measuring Timbre, never for training it): {{count}}.",
  "privacy.kept": "Each server decides how long readings are kept; elsewhere it is {{time}}.",
  "privacy.choice-live":
    "Your choice: Timbre may hear you when somebody asks, and also by itself, live and in automatic channels.",
  "privacy.choice-asked": "Your choice: Timbre may hear a clip of yours when somebody asks, and never by itself.",
  "privacy.choice-nothing":
    "Your choice: nobody may have your voice analysed. What was kept before is still there until you delete it.",
  "privacy.live-on": "Allow live analysis",
  "privacy.live-off": "Stop live analysis",
  "privacy.opt-out": "Opt out of everything",
  "privacy.opt-in": "Opt back in",
  "privacy.export": "Export",
  "privacy.delete": "Delete all",
  "privacy.delete-confirm":
    "Delete every reading of your voice, your corrections, that you asked about clips of others, and that you started live sessions? This can't be undone. Your choice stays, so that it goes on to hold; so do changes that you made to a server's settings.",
  "privacy.delete-yes": "Yes, delete",
  "privacy.delete-no": "No, keep it",
  "privacy.deleted": "Everything is deleted.",
  "privacy.exported": "This is all that Timbre keeps about you. Only you see it.",
  "privacy.exported-part": "Part {{part}}.",
  notice:
    "**Timbre is new here.** It hears how something is said, not what: it guesses an emotion from the sound of a voice. It is a machine and can be wrong, so judge nobody by it. No audio is kept. With {{command}} you see what is kept about you, delete it, or opt out.",
} as const;
