import type { answerEn } from "./en.ts";

/** Brazilian Portuguese texts of answers, their buttons, and what `/emotion` can be told. */
export const answerPt: Record<keyof typeof answerEn, string> = {
  "command.emotion.link.name": "link",
  "command.emotion.link.description": "Em vez de um arquivo: o link de uma mensagem com uma gravação",
  "command.emotion.private.name": "privado",
  "command.emotion.private.description": "Se só você vê a resposta (senão, o servidor decide)",
  "answer.details": "Detalhes",
  "answer.delete": "Excluir",
  "answer.wrong": "Errado?",
  "answer.limits": "O que ele não consegue",
  "answer.agree":
    "É a sua voz, então ninguém sabe melhor. O Timbre pode guardar o que você disser sobre ela? Isso só serve para medir o quanto o Timbre acerta, nunca para treiná-lo, e é excluído junto com o resultado.",
  "answer.agree-yes": "Sim, pode guardar",
  "answer.agree-no": "Não",
  "answer.declined": "Tudo bem, nada foi guardado.",
  "answer.which": "O que era?",
  "answer.thanks": "Obrigado. O Timbre anotou: {{label}}.",
  "answer.queued": "⏳ Na fila. Gravações antes desta: no máximo {{count}}",
  "answer.hearing": "👂 O Timbre está ouvindo {{name}}",
  "answer.late":
    "{{person}}, aqui está o resultado que você pediu. Demorou mais do que o Discord espera por uma resposta.",
  "answer.first-only":
    "O Discord não deixa o Timbre responder aqui a mais gravações de uma vez: {{count}} de {{all}} são lidas. Anexe as outras com /emotion.",
};
