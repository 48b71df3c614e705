/** English texts of the page. */
export const pageEn = {
  "page.title": "Timbre hears how something is said",
  "page.intro":
    "Drop a recording of a voice and read the emotion in it. The file is analysed by this Timbre and deleted right after.",
  "page.drop": "Drop a recording here",
  "page.drop-another": "Drop another recording",
  "page.choose": "or choose a file",
  "page.formats": "OGG, WebM, MP3, M4A, WAV or FLAC",
  "page.sending": "Sending {{name}}",
  "page.waiting": "Waiting for its turn",
  "page.active": "Listening to {{name}}",
  "page.failed": "That didn't work",
  "page.offline": "Timbre can't be reached. See whether it still runs, and try again.",
  "page.scores": "Emotions",
  "page.profile": "The voice",
  "page.contour": "Pitch and loudness over time",
  "page.table": "As a table",
  "page.time": "Time",
  "page.strongest": "Strongest",
  "page.share": "Share",
  "page.fallible":
    "Timbre guesses from the sound alone, not from the words. It can be wrong: take it as a hint, and judge nobody by it.",
  "page.model": "Model",
} as const;
