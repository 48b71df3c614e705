import type { privacyEn } from "./en.ts";

/** Brazilian Portuguese texts of `/privacy` and of the first notice. */
export const privacyPt: Record<keyof typeof privacyEn, string> = {
  "command.privacy.name": "privacidade",
  "command.privacy.description": "Veja o que o Timbre guarda sobre você e decida sobre isso",
  "privacy.title": "O que o Timbre guarda sobre você",
  "privacy.audio": "Gravações da sua voz: nenhuma. O Timbre nunca guarda áudio.",
  "privacy.readings": "Resultados sobre a sua voz (o que se ouviu, em números): {{count}}, o primeiro de {{since}}.",
  "privacy.readings-none": "Resultados sobre a sua voz: nenhum.",
  "privacy.unread": "Clipes da sua voz sem resultado (ainda não lidos ou ilegíveis): {{count}}.",
  "privacy.asked":
    "Seus pedidos sobre clipes de outras pessoas: {{count}}. Os resultados são delas, então você não vê nenhum aqui.",
  "privacy.sessions": "Sessões ao vivo que você iniciou: {{count}}.",
  "privacy.corrections": "Correções suas (para medir o Timbre, nunca para treiná-lo): {{count}}.",
  "privacy.kept": "Cada servidor decide por quanto tempo os resultados são guardados; fora deles são {{time}}.",
  "privacy.choice-live":
    "Sua escolha: o Timbre pode ouvir você quando alguém pede e também por conta própria, ao vivo e em canais automáticos.",
  "privacy.choice-asked":
    "Sua escolha: o Timbre pode ouvir um clipe seu quando alguém pede, e nunca por conta própria.",
  "privacy.choice-nothing":
    "Sua escolha: ninguém pode mandar analisar a sua voz. O que já estava guardado continua lá até você apagar.",
  "privacy.live-on": "Permitir análise ao vivo",
  "privacy.live-off": "Parar análise ao vivo",
  "privacy.opt-out": "Recusar tudo",
  "privacy.opt-in": "Voltar a permitir",
  "privacy.export": "Exportar",
  "privacy.delete": "Apagar tudo",
  "privacy.delete-confirm":
    "Apagar todos os resultados sobre a sua voz, suas correções, seus pedidos sobre clipes de outras pessoas e que você iniciou sessões ao vivo? Não dá para desfazer. Sua escolha fica, para continuar valendo; suas mudanças nas configurações de um servidor também.",
  "privacy.delete-yes": "Sim, apagar",
  "privacy.delete-no": "Não, manter",
  "privacy.deleted": "Tudo foi apagado.",
  "privacy.exported": "Isto é tudo o que o Timbre guarda sobre você. Só você vê.",
  "privacy.exported-part": "Parte {{part}}.",
  notice:
    "**O Timbre é novo aqui.** Ele ouve como algo é dito, não o quê: pelo som de uma voz, estima uma emoção. É uma máquina e pode errar, então não julgue ninguém por isso. Nenhum áudio é guardado. Com {{command}} você vê o que é guardado sobre você, apaga ou recusa tudo.",
};
