import type { liveEn } from "./en.ts";

/** Brazilian Portuguese texts of `/mood` and of live sessions. */
export const livePt: Record<keyof typeof liveEn, string> = {
  "command.mood.name": "clima",
  "command.mood.description": "Ouvir o clima do seu canal de voz, de quem concorda",
  "command.mood.start.name": "iniciar",
  "command.mood.start.description": "Escutar no seu canal de voz quem concorda",
  "command.mood.start.minutes.name": "minutos",
  "command.mood.start.minutes.description": "Por quanto tempo no máximo, em minutos; 120 se você não disser",
  "command.mood.start.half-life.name": "meia-vida",
  "command.mood.start.half-life.description":
    "Depois de quantos segundos um resultado conta pela metade; 60 se você não disser",
  "command.mood.stop.name": "parar",
  "command.mood.stop.description": "Parar de escutar e mostrar como foi o clima",
  "command.mood.status.name": "estado",
  "command.mood.status.description": "Se o Timbre está ouvindo bem e o que foi descartado",
  "live.include": "Quero participar",
  "live.leave-out": "Fico de fora",
  "live.notice":
    "🔴 **O Timbre está escutando em {{channel}}.** Quem iniciou foi {{person}}. Ele ouve como algo é dito, não o quê, e adivinha uma emoção pelo som da voz. É uma máquina e pode errar: não julgue ninguém por isso.",
  "live.notice-rules":
    "Só é ouvido quem escolhe participar. Você pode mudar de ideia a qualquer momento e deixa de ser ouvido em menos de um segundo. Nenhum áudio é guardado. O Timbre sai no máximo depois de {{time}}.",
  "live.notice-asked": "{{people}}: vocês só são ouvidos se escolherem _Quero participar_.",
  "live.notice-willing":
    "{{people}}: vocês permitiram a análise ao vivo em {{command}}, então participam. _Fico de fora_ encerra isso aqui.",
  "live.included":
    "Agora você participa. _Fico de fora_ encerra isso na hora. Com {{command}} você vê o que está guardado sobre você ou apaga.",
  "live.left-out":
    "Você ficou de fora: o Timbre não ouve mais você. O que ele sabia da sua voz nesta sessão foi apagado, e também o que você disse e ele ainda não tinha lido. Com {{command}} você vê o resto ou apaga.",
  "live.started":
    "O Timbre está escutando em {{channel}} e avisou todo mundo lá. Quem quer ser ouvido escolhe _Quero participar_.",
  "live.title": "🔴 O clima em {{channel}}, ao vivo",
  "live.title-over": "O clima em {{channel}}: não está mais ao vivo",
  "live.footer": "Um resultado conta pela metade depois de {{time}} · palpite de uma máquina, que pode errar",
  "live.mood-none": "Nada ouvido ultimamente",
  "live.mood-mixed": "misto, principalmente {{title}}",
  "live.speakers-none": "Ninguém está participando. Quem quer ser ouvido escolhe _Quero participar_.",
  "live.summary": "O clima em {{channel}}",
  "live.summary-footer":
    "{{time}} · falas: {{count}} · chegou: {{share}} do som · palpite de uma máquina, que pode errar",
  "live.status": "O Timbre está escutando em {{channel}}. Quem iniciou foi {{person}}.",
  "live.status-time": "Desde {{since}}; termina no máximo {{until}}.",
  "live.status-speakers": "Participam: {{people}}.",
  "live.status-unheard": "Quem participa ainda não falou.",
  "live.status-heard": "Chegou {{share}} do que foi dito: {{audio}} de {{spoken}}.",
  "live.status-utterances": "Falas entregues para leitura: {{count}}.",
  "live.status-dropped": "Descartadas: {{reasons}}.",
  "live.status-dropped-none": "Nenhuma fala foi descartada.",
  "live.drop-too-short": "curtas demais",
  "live.drop-no-consent": "sem consentimento",
  "live.drop-undecryptable": "não decifráveis",
  "live.drop-undecodable": "não decodificáveis",
  "live.drop-queue-full": "fila cheia",
  "live.drop-stale": "tarde demais",
  "live.left-stopped": "O modo ao vivo foi encerrado. O Timbre não ouve mais ninguém.",
  "live.left-empty": "Todo mundo saiu do canal, então o Timbre também saiu.",
  "live.left-nobody":
    "Ninguém no canal está participando, então o Timbre saiu. Inicie de novo quando alguém quiser ser ouvido.",
  "live.left-time": "O tempo de escuta acabou, então o Timbre saiu.",
  "live.left-shutdown": "O Timbre está sendo parado ou atualizado, então ele saiu. Inicie de novo em alguns minutos.",
  "live.left-lost":
    "O Timbre falhou enquanto escutava aqui. Ele não ouve mais ninguém; o que sabia das vozes de vocês foi apagado. Inicie de novo.",
  "live.left-disconnected": "Alguém desconectou o Timbre ou a chamada terminou. Ele não ouve mais ninguém.",
  "live.left-moved": "O Timbre foi movido para outro canal, onde ninguém aceitou ser ouvido. Ele saiu de lá.",
  "live.left-undecryptable":
    "O Timbre entrou várias vezes, mas não consegue decifrar o que é dito, então saiu. Inicie-o de novo em alguns minutos.",
  "live.left-silent":
    "Há gente falando, mas nenhum som chega ao Timbre, então ele saiu. Se iniciar de novo não resolver, quem o administra deve verificar se o UDP chega até o Discord.",
  "live.left-unreachable":
    "O Timbre perdeu a conexão com o servidor de voz do Discord e não conseguiu recuperá-la. Inicie-o de novo em alguns minutos.",
  "live.left-encryption":
    "O Discord exige uma criptografia que esta versão do Timbre não tem, então ele não consegue ouvir. Quem o administra deve atualizá-lo.",
};
