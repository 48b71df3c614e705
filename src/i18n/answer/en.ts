/** English texts of answers, their buttons, and what `/emotion` can be told. */
export const answerEn = {
  "command.emotion.link.name": "link",
  "command.emotion.link.description": "Instead of a file: the link of a message with a recording",
  "command.emotion.private.name": "private",
  "command.emotion.private.description": "Whether only you see the answer (otherwise the server decides)",
  "answer.details": "Details",
  "answer.delete": "Delete",
  "answer.wrong": "Wrong?",
  "answer.limits": "What it can't do",
  "answer.agree":
    "It is your voice, so you know best. May Timbre keep what you say about it? It is used only to measure how often Timbre is right, never to train it, and it is deleted together with the reading.",
  "answer.agree-yes": "Yes, keep it",
  "answer.agree-no": "No",
  "answer.declined": "All right, nothing was kept.",
  "answer.which": "What was it?",
  "answer.thanks": "Thank you. Timbre notes: {{label}}.",
  "answer.queued": "⏳ In line. Recordings before this one: at most {{count}}",
  "answer.hearing": "👂 Timbre is listening to {{name}}",
  "answer.late":
    "{{person}}, here is the reading that you asked for. It took longer than Discord keeps an answer open.",
  "answer.first-only":
    "Discord lets Timbre answer no more recordings at once here: {{count}} of {{all}} are read. Attach the others with /emotion.",
} as const;
