import { answerEs } from "./answer/es.ts";
import { errorTexts } from "./error-texts.ts";
import { liveEs } from "./live/es.ts";
import { privacyEs } from "./privacy/es.ts";
import { settingsEs } from "./settings/es.ts";
import type { Texts } from "./texts.ts";

/** Spanish texts. */
export const es: Texts = {
  ...errorTexts({
    "not-audio": "Esto no es un archivo de audio que Timbre conozca. Envía OGG, WebM, MP3, M4A, WAV o FLAC.",
    "no-audio-track": "En este archivo no hay sonido, solo otras pistas. Envía uno con pista de audio.",
    damaged: "Este archivo de audio está dañado y no se puede decodificar. Expórtalo o grábalo de nuevo.",
    "unsupported-codec":
      "El audio de este archivo está codificado como {{codec}}, que Timbre no puede decodificar. Conviértelo a OGG/Opus, MP3 o WAV.",
    empty: "En este archivo no hay audio. Graba algo y envíalo de nuevo.",
    "too-long": "Esta grabación dura más de {{limit}}. Envía una parte más corta.",
    "too-large": "Este archivo ocupa más de {{limit}}. Envía uno más pequeño.",
    "fetch-refused": "Timbre no puede descargar archivos de {{host}}. Adjunta el archivo en Discord.",
    "fetch-gone": "El archivo ya no está. Envíalo de nuevo.",
    unreadable: "Este archivo no se puede abrir ({{code}}). Comprueba su nombre y sus permisos.",
    "upload-gone": "El archivo subido ya no está. Envíalo de nuevo.",
    "no-file":
      "Esta petición no trae ningún archivo. Envía uno en el campo de formulario file, o como cuerpo con un tipo de audio.",
    "no-clip": "No hay ningún clip con este identificador. Quizá ya no se guarda.",
    "no-page": "No hay nada en esta dirección.",
    busy: "Timbre está demasiado ocupado ahora mismo. Inténtalo de nuevo en un momento.",
    "too-often": "Has enviado demasiadas peticiones a la vez. Espera un minuto.",
    "foreign-site": "Esta petición venía de otro sitio y Timbre la ha rechazado. Usa la página de Timbre.",
    "no-command": "Timbre ya no tiene este comando. Recarga Discord para ver los que tiene.",
    "no-attachment": "En este mensaje no hay audio. Elige uno con un mensaje de voz o un archivo de audio.",
    "no-recent-audio":
      "Timbre no ve ningún audio reciente en este canal. Adjunta una grabación, o elige Aplicaciones y luego Leer emoción en el menú de un mensaje de voz.",
    "opted-out": "La persona que habla aquí no quiere que Timbre escuche su voz, así que no lo ha hecho.",
    "not-yours":
      "Solo pueden borrarlo la persona de quien es la voz, quien preguntó y quienes gestionan los mensajes aquí.",
    "only-subject":
      "Gracias por escuchar con atención. Solo la persona de quien es la voz puede decir qué era en realidad, así que no se ha anotado nada.",
    "no-link":
      "Esto no es el enlace de un mensaje. En el menú del mensaje, elige Copiar enlace del mensaje y pégalo aquí.",
    "link-unseen":
      "Timbre no ve ninguna grabación en ese mensaje, o tú no puedes leerlo. Prueba en el menú del propio mensaje: Aplicaciones y luego Leer emoción.",
    "no-message-content":
      "Timbre todavía no puede ver los mensajes de los servidores. Para quien lo administra: activa Message Content Intent en el portal de desarrolladores de Discord (Bot) y reinicia Timbre.",
    "clip-deleted": "Este resultado se borró a petición de alguien, así que no hay nada que mostrar.",
    "manage-server": "Solo quien puede gestionar este servidor puede cambiar sus ajustes.",
    "name-roles": "Elige roles solo, y siempre, cuando deban poder ciertos roles.",
    "too-many-channels":
      "Timbre lee por su cuenta como mucho {{limit}} canales de un servidor. Desactiva antes uno de ellos.",
    "channel-closed":
      "{{channel}} está cerrado para Timbre. Déjale ver el canal, leer el historial, enviar mensajes y añadir reacciones allí, y vuelve a intentarlo.",
    "message-gone": "El mensaje con esta grabación se ha eliminado, así que Timbre no la ha escuchado.",
    "missing-access":
      "Timbre no tiene acceso al canal de esta grabación. Permítele ver el canal y leer el historial de mensajes, o adjunta la grabación a /emotion.",
    "too-often-person": "Has pedido muchas grabaciones en poco tiempo. Podrás continuar {{when}}.",
    "too-often-server": "Este servidor ha pedido muchas grabaciones en poco tiempo. Podrá continuar {{when}}.",
    "needs-bot":
      "En este servidor solo están los comandos de Timbre, no Timbre. Quien gestiona el servidor puede invitarlo con el enlace que muestra timbre setup.",
    "join-voice": "Entra primero en un canal de voz: Timbre escucha donde tú estás.",
    "voice-closed":
      "{{channel}} está cerrado para Timbre. Permítele ver el canal, conectarse, enviar mensajes, insertar enlaces y adjuntar archivos allí, e inténtalo de nuevo.",
    "voice-full": "{{channel}} está lleno y Timbre no puede entrar. Haz sitio para uno más e inténtalo de nuevo.",
    "voice-unreachable": "Timbre no pudo entrar en {{channel}}. Inténtalo de nuevo en unos minutos.",
    "live-running":
      "Timbre ya escucha en {{channel}}, y solo puede estar en un canal de voz por servidor. Termina eso primero.",
    "live-not-running": "Timbre no escucha en ningún canal de voz de este servidor.",
    "live-forbidden":
      "Aquí no puedes iniciar ni terminar el modo en directo. Quienes gestionan el servidor deciden quién puede, con /ajustes directo.",
    "live-over": "Esta sesión en directo ha terminado. Timbre ya no oye a nadie.",
    "live-opted-out":
      "Rechazaste todo, así que Timbre no te escucha. Si has cambiado de idea, retira antes tu rechazo con /privacidad.",
    internal:
      "Algo ha fallado en Timbre. Inténtalo de nuevo más tarde. Si sigue igual, da esta referencia a quien gestiona Timbre: {{reference}}.",
    "gave-up":
      "Timbre no ha podido terminar, aunque lo ha intentado varias veces. Inténtalo de nuevo más tarde. Si sigue igual, da esta referencia a quien gestiona Timbre: {{reference}}.",
  }),
  "label.anger": "enfado",
  "label.disgust": "asco",
  "label.fear": "miedo",
  "label.happiness": "alegría",
  "label.surprise": "grata sorpresa",
  "label.sadness": "tristeza",
  "label.neutral": "neutralidad",
  "label.no-speech": "sin voz",
  "label.unnamed": "ninguna emoción concreta",
  "dimension.arousal": "activación",
  "dimension.dominance": "dominancia",
  "dimension.valence": "valencia",
  "language.name": "Español",
  "language.tag": "es",
  "reading.title": "{{label}} · {{percent}}",
  "reading.uncertain": "incierto · quizá {{label}} ({{percent}})",
  "reading.confidence-none": "nada seguro",
  "reading.confidence-guess": "casi adivinando",
  "reading.confidence-slight": "no muy seguro",
  "reading.confidence-fair": "bastante seguro",
  "reading.confidence-high": "muy seguro",
  "reading.explained": "Timbre oye {{label}} ({{words}}).",
  "reading.uncertain-explained": "Ninguna emoción destaca, así que Timbre prefiere no nombrar ninguna.",
  "reading.no-speech-explained": "Nadie habla en este clip, así que no hay emoción que oír.",
  "reading.dimensions-explained":
    "Este modelo no nombra ninguna emoción. Indica si la voz suena tranquila o alterada, sumisa o dominante, desagradable o agradable.",
  "reading.dimensions": "En escalas",
  "reading.over-time": "A lo largo del tiempo",
  "reading.footnote": "{{model}} · {{length}} · estimado por una máquina, puede equivocarse",
  "reading.alt": "Lectura: {{title}}. Puntuaciones: {{scores}}.",
  "profile.pitch": "Tono",
  "profile.pitch-value": "{{median}} Hz, casi siempre de {{low}} a {{high}} Hz ({{word}})",
  "profile.pitch-none": "ninguno, nada es sonoro",
  "profile.loudness": "Volumen",
  "profile.loudness-value": "{{level}} dBFS ({{word}})",
  "profile.energy": "Energía",
  "profile.energy-value": "{{energy}} por trama",
  "profile.brightness": "Brillo",
  "profile.brightness-value": "{{hertz}} Hz ({{word}})",
  "profile.brightness-none": "ninguno, hay silencio",
  "profile.voiced": "Sonoro",
  "profile.voiced-value": "{{share}} del sonido",
  "profile.low": "grave",
  "profile.medium": "medio",
  "profile.high": "agudo",
  "profile.quiet": "bajo",
  "profile.moderate": "moderado",
  "profile.loud": "alto",
  "profile.dark": "oscuro",
  "profile.balanced": "equilibrado",
  "profile.bright": "claro",
  "page.title": "Timbre oye cómo se dice algo",
  "page.intro":
    "Suelta una grabación de una voz y lee la emoción que hay en ella. Este Timbre analiza el archivo y lo borra enseguida.",
  "page.drop": "Suelta aquí una grabación",
  "page.drop-another": "Suelta otra grabación",
  "page.choose": "o elige un archivo",
  "page.formats": "OGG, WebM, MP3, M4A, WAV o FLAC",
  "page.sending": "Enviando {{name}}",
  "page.waiting": "Esperando su turno",
  "page.active": "Escuchando {{name}}",
  "page.failed": "No ha funcionado",
  "page.offline": "No se puede contactar con Timbre. Mira si sigue en marcha e inténtalo de nuevo.",
  "page.scores": "Emociones",
  "page.profile": "La voz",
  "page.contour": "Tono y volumen a lo largo del tiempo",
  "page.table": "Como tabla",
  "page.time": "Tiempo",
  "page.strongest": "La más fuerte",
  "page.share": "Parte",
  "page.fallible":
    "Timbre adivina solo por el sonido, no por las palabras. Puede equivocarse: tómalo como una pista y no juzgues a nadie por ello.",
  "page.model": "Modelo",
  "command.emotion.name": "emocion",
  "command.emotion.description": "Oye la emoción en la grabación de una voz",
  "command.emotion.clip.name": "clip",
  "command.emotion.clip.description": "La grabación: OGG, WebM, MP3, M4A, WAV o FLAC",
  "command.read.name": "Leer emoción",
  ...settingsEs,
  ...answerEs,
  ...privacyEs,
  ...liveEs,
};
