import type { answerEn } from "./en.ts";

/** French texts of answers, their buttons, and what `/emotion` can be told. */
export const answerFr: Record<keyof typeof answerEn, string> = {
  "command.emotion.link.name": "lien",
  "command.emotion.link.description": "Au lieu d'un fichier : le lien d'un message avec un enregistrement",
  "command.emotion.private.name": "privé",
  "command.emotion.private.description": "Si toi seul vois la réponse (sinon, le serveur décide)",
  "answer.details": "Détails",
  "answer.delete": "Supprimer",
  "answer.wrong": "Faux ?",
  "answer.limits": "Ce qu'il ne sait pas faire",
  "answer.agree":
    "C'est ta voix, tu es donc le mieux placé pour savoir. Timbre peut-il garder ce que tu en dis ? Cela sert uniquement à mesurer si Timbre a raison, jamais à l'entraîner, et disparaît avec le résultat.",
  "answer.agree-yes": "Oui, garde-le",
  "answer.agree-no": "Non",
  "answer.declined": "D'accord, rien n'a été gardé.",
  "answer.which": "C'était quoi ?",
  "answer.thanks": "Merci. Timbre retient : {{label}}.",
  "answer.queued": "⏳ En attente. Enregistrements avant celui-ci : au plus {{count}}",
  "answer.hearing": "👂 Timbre écoute {{name}}",
  "answer.late":
    "{{person}}, voici le résultat que tu avais demandé. Il a fallu plus de temps que Discord n'en laisse pour répondre.",
  "answer.first-only":
    "Discord ne laisse pas Timbre répondre à plus d'enregistrements à la fois ici : {{count}} sur {{all}} sont lus. Joins les autres avec /emotion.",
};
