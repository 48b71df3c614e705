import type { pageEn } from "./en.ts";

/** Brazilian Portuguese texts of the page. */
export const pagePt: Record<keyof typeof pageEn, string> = {
  "page.title": "O Timbre ouve como algo é dito",
  "page.intro":
    "Solte a gravação de uma voz e leia a emoção nela. Este Timbre analisa o arquivo e o apaga logo em seguida.",
  "page.drop": "Solte uma gravação aqui",
  "page.drop-another": "Solte outra gravação",
  "page.choose": "ou escolha um arquivo",
  "page.formats": "OGG, WebM, MP3, M4A, WAV ou FLAC",
  "page.sending": "Enviando {{name}}",
  "page.waiting": "Esperando a vez",
  "page.active": "Ouvindo {{name}}",
  "page.failed": "Não deu certo",
  "page.offline": "Não dá para falar com o Timbre. Veja se ele ainda está rodando e tente de novo.",
  "page.scores": "Emoções",
  "page.profile": "A voz",
  "page.contour": "Tom e volume ao longo do tempo",
  "page.table": "Como tabela",
  "page.time": "Tempo",
  "page.strongest": "A mais forte",
  "page.share": "Parte",
  "page.fallible":
    "O Timbre adivinha só pelo som, não pelas palavras. Ele pode errar: tome isto como uma pista, e não julgue ninguém por isso.",
  "page.model": "Modelo",
};
