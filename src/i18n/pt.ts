import { alertsPt } from "./alerts/pt.ts";
import { answerPt } from "./answer/pt.ts";
import { errorTexts } from "./error-texts.ts";
import { livePt } from "./live/pt.ts";
import { pagePt } from "./page/pt.ts";
import { privacyPt } from "./privacy/pt.ts";
import { settingsPt } from "./settings/pt.ts";
import type { Texts } from "./texts.ts";

/** Brazilian Portuguese texts. */
export const pt: Texts = {
  ...errorTexts({
    "not-audio": "Este não é um arquivo de áudio que o Timbre conheça. Envie OGG, WebM, MP3, M4A, WAV ou FLAC.",
    "no-audio-track": "Não há som neste arquivo, só outras faixas. Envie um com faixa de áudio.",
    damaged: "Este arquivo de áudio está danificado e não pode ser decodificado. Exporte ou grave de novo.",
    "unsupported-codec":
      "O áudio deste arquivo está codificado como {{codec}}, que o Timbre não consegue decodificar. Converta para OGG/Opus, MP3 ou WAV.",
    empty: "Não há áudio neste arquivo. Grave algo e envie de novo.",
    "too-long": "Esta gravação tem mais de {{limit}}. Envie um trecho mais curto.",
    "too-large": "Este arquivo tem mais de {{limit}}. Envie um menor.",
    "fetch-refused": "O Timbre não pode buscar arquivos de {{host}}. Anexe o arquivo no Discord.",
    "fetch-gone": "O arquivo não está mais lá. Envie de novo.",
    unreadable: "Este arquivo não pode ser aberto ({{code}}). Confira o nome e as permissões.",
    "upload-gone": "O arquivo enviado não está mais lá. Envie de novo.",
    "no-file":
      "Nenhum arquivo veio com este pedido. Envie um no campo de formulário file, ou como corpo com um tipo de áudio.",
    "no-clip": "Não há clipe com este identificador. Talvez ele não seja mais guardado.",
    "no-page": "Não há nada neste endereço.",
    busy: "O Timbre está ocupado demais agora. Tente de novo daqui a pouco.",
    "too-often": "Vieram pedidos demais de você de uma vez. Espere um minuto.",
    "foreign-site": "Este pedido veio de outro site, por isso o Timbre o recusou. Use a página do Timbre.",
    "no-command": "O Timbre não tem mais este comando. Recarregue o Discord para ver os que ele tem.",
    "no-attachment": "Não há áudio nesta mensagem. Escolha uma com mensagem de voz ou arquivo de áudio.",
    "no-recent-audio":
      "O Timbre não vê áudio recente neste canal. Anexe uma gravação, ou escolha Apps e depois Ler emoção no menu de uma mensagem de voz.",
    "opted-out": "A pessoa que fala aqui não quer que o Timbre ouça a voz dela, então ele não ouviu.",
    "not-yours": "Só podem excluir isto a pessoa de quem é a voz, quem perguntou e quem gerencia as mensagens aqui.",
    "only-subject":
      "Obrigado por ouvir com atenção. Só a pessoa de quem é a voz pode dizer o que era de verdade, então nada foi anotado.",
    "no-link": "Isto não é o link de uma mensagem. No menu da mensagem, escolha Copiar link da mensagem e cole aqui.",
    "link-unseen":
      "O Timbre não vê uma gravação nessa mensagem, ou você não pode lê-la. Tente no menu da própria mensagem: Aplicativos e depois Ler emoção.",
    "no-message-content":
      "O Timbre ainda não pode ver as mensagens dos servidores. Para quem o mantém: ative o Message Content Intent no portal do desenvolvedor do Discord (Bot) e reinicie o Timbre.",
    "clip-deleted": "Este resultado foi apagado a pedido, então não há nada para mostrar.",
    "manage-server": "Só quem pode gerenciar este servidor pode mudar as configurações dele.",
    "name-roles": "Escolha cargos somente, e sempre, quando certos cargos devem poder.",
    "too-many-channels":
      "O Timbre lê por conta própria no máximo {{limit}} canais de um servidor. Desligue um deles antes.",
    "channel-closed":
      "{{channel}} está fechado para o Timbre. Deixe que ele veja o canal, leia o histórico, envie mensagens e adicione reações lá, e tente de novo.",
    "message-gone": "A mensagem com esta gravação foi apagada, por isso o Timbre não a ouviu.",
    "missing-access":
      "O Timbre não tem acesso ao canal desta gravação. Permita que ele veja o canal e leia o histórico de mensagens, ou anexe a gravação ao /emotion.",
    "too-often-person": "Você pediu muitas gravações em pouco tempo. Pode continuar {{when}}.",
    "too-often-server": "Este servidor pediu muitas gravações em pouco tempo. Pode continuar {{when}}.",
    "needs-bot":
      "Neste servidor estão só os comandos do Timbre, não o próprio Timbre. Quem gerencia o servidor pode convidá-lo com o link que o timbre setup mostra.",
    "join-voice": "Entre primeiro em um canal de voz: o Timbre escuta onde você está.",
    "voice-closed":
      "{{channel}} está fechado para o Timbre. Permita que ele veja o canal, conecte-se, envie mensagens, insira links e anexe arquivos ali, e tente de novo.",
    "voice-full": "{{channel}} está cheio, e o Timbre não consegue entrar. Abra espaço para mais um e tente de novo.",
    "voice-unreachable": "O Timbre não conseguiu entrar em {{channel}}. Tente de novo em alguns minutos.",
    "live-running":
      "O Timbre já está escutando em {{channel}}, e só pode ficar em um canal de voz por servidor. Encerre isso primeiro.",
    "live-not-running": "O Timbre não está escutando em nenhum canal de voz deste servidor.",
    "live-forbidden":
      "Você não pode iniciar nem encerrar o modo ao vivo aqui. Quem gerencia o servidor decide quem pode, com /configuracoes ao-vivo.",
    "live-over": "Esta sessão ao vivo acabou. O Timbre não ouve mais ninguém.",
    "live-opted-out":
      "Você recusou tudo, por isso o Timbre não escuta você. Se mudou de ideia, desfaça antes a recusa com /privacidade.",
    internal:
      "Algo deu errado no Timbre. Tente de novo mais tarde. Se continuar assim, informe esta referência a quem administra o Timbre: {{reference}}.",
    "not-signed-in": "Você não entrou na conta ou sua sessão terminou. Entre de novo.",
    "no-guild": "Esse servidor não existe aqui ou você não é moderador dele.",
    "not-there": "Isso não existe mais. Talvez alguém tenha apagado.",
    "token-scope": "Este token não serve para isso. Ele precisa do escopo {{scope}}.",
    "bad-request": "O Timbre não entendeu esta requisição ({{detail}}).",
    "too-many": "Este servidor não pode ter mais que isso. Apague um primeiro.",
    "webhook-refused": "O Timbre não pode chamar {{host}}: um webhook precisa de https e de um endereço público.",
    "gave-up":
      "O Timbre não conseguiu terminar, mesmo tentando várias vezes. Tente de novo mais tarde. Se continuar assim, informe esta referência a quem administra o Timbre: {{reference}}.",
  }),
  "label.anger": "raiva",
  "label.disgust": "nojo",
  "label.fear": "medo",
  "label.happiness": "alegria",
  "label.surprise": "surpresa agradável",
  "label.sadness": "tristeza",
  "label.neutral": "neutro",
  "label.no-speech": "sem fala",
  "label.unnamed": "nenhuma emoção específica",
  "label.uncertain": "incerto",
  "dimension.arousal": "ativação",
  "dimension.dominance": "dominância",
  "dimension.valence": "valência",
  "language.name": "Português do Brasil",
  "language.tag": "pt-BR",
  "reading.title": "{{label}} · {{percent}}",
  "reading.uncertain": "incerto · talvez {{label}} ({{percent}})",
  "reading.confidence-none": "nada certo",
  "reading.confidence-guess": "quase um palpite",
  "reading.confidence-slight": "não muito certo",
  "reading.confidence-fair": "bastante certo",
  "reading.confidence-high": "muito certo",
  "reading.explained": "O Timbre ouve {{label}} ({{words}}).",
  "reading.uncertain-explained": "Nenhuma emoção se destaca, então o Timbre prefere não nomear nenhuma.",
  "reading.no-speech-explained": "Ninguém fala neste clipe, então não há emoção para ouvir.",
  "reading.dimensions-explained":
    "Este modelo não dá nome a emoções. Ele indica se a voz soa calma ou agitada, submissa ou dominante, desagradável ou agradável.",
  "reading.dimensions": "Em escalas",
  "reading.over-time": "Ao longo do tempo",
  "reading.footnote": "{{model}} · {{length}} · estimado por uma máquina, pode errar",
  "reading.alt": "Leitura: {{title}}. Pontuações: {{scores}}.",
  "profile.pitch": "Tom",
  "profile.pitch-value": "{{median}} Hz, em geral de {{low}} a {{high}} Hz ({{word}})",
  "profile.pitch-none": "nenhum, nada é vozeado",
  "profile.loudness": "Volume",
  "profile.loudness-value": "{{level}} dBFS ({{word}})",
  "profile.energy": "Energia",
  "profile.energy-value": "{{energy}} por quadro",
  "profile.brightness": "Brilho",
  "profile.brightness-value": "{{hertz}} Hz ({{word}})",
  "profile.brightness-none": "nenhum, está em silêncio",
  "profile.voiced": "Vozeado",
  "profile.voiced-value": "{{share}} do som",
  "profile.low": "grave",
  "profile.medium": "médio",
  "profile.high": "agudo",
  "profile.quiet": "baixo",
  "profile.moderate": "moderado",
  "profile.loud": "alto",
  "profile.dark": "escuro",
  "profile.balanced": "equilibrado",
  "profile.bright": "claro",
  ...pagePt,
  "command.emotion.name": "emocao",
  "command.emotion.description": "Ouvir a emoção na gravação de uma voz",
  "command.emotion.clip.name": "clipe",
  "command.emotion.clip.description": "A gravação: OGG, WebM, MP3, M4A, WAV ou FLAC",
  "command.read.name": "Ler emoção",
  ...settingsPt,
  ...alertsPt,
  ...answerPt,
  ...privacyPt,
  ...livePt,
};
