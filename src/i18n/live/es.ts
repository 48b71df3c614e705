import type { liveEn } from "./en.ts";

/** Spanish texts of `/mood` and of live sessions. */
export const liveEs: Record<keyof typeof liveEn, string> = {
  "command.mood.name": "ambiente",
  "command.mood.description": "Oír el ambiente de tu canal de voz, de quienes lo aceptan",
  "command.mood.start.name": "iniciar",
  "command.mood.start.description": "Escuchar en tu canal de voz a quienes lo aceptan",
  "command.mood.start.minutes.name": "minutos",
  "command.mood.start.minutes.description": "Cuánto tiempo como máximo, en minutos; 120 si no se indica",
  "command.mood.start.half-life.name": "semivida",
  "command.mood.start.half-life.description": "Tras cuántos segundos un resultado cuenta la mitad; 60 si no se indica",
  "command.mood.stop.name": "terminar",
  "command.mood.stop.description": "Dejar de escuchar y mostrar cómo fue el ambiente",
  "command.mood.status.name": "estado",
  "command.mood.status.description": "Si Timbre oye bien y qué se descartó",
  "live.include": "Quiero participar",
  "live.leave-out": "No participo",
  "live.notice":
    "🔴 **Timbre está escuchando en {{channel}}.** Lo inició {{person}}. Oye cómo se dice algo, no qué se dice, y adivina una emoción por el sonido de la voz. Es una máquina y puede equivocarse: no juzgues a nadie por ello.",
  "live.notice-rules":
    "Solo se oye a quienes deciden participar. Puedes cambiar de idea en cualquier momento y dejará de oírte en menos de un segundo. No se guarda ningún audio. Timbre se va como muy tarde después de {{time}}.",
  "live.notice-asked": "{{people}}: no se os oye a menos que elijáis _Quiero participar_.",
  "live.notice-willing":
    "{{people}}: permitisteis el análisis en directo en {{command}}, así que participáis. _No participo_ lo termina aquí.",
  "live.included":
    "Ahora participas. _No participo_ lo termina al momento. Con {{command}} ves lo que se guarda sobre ti o lo borras.",
  "live.left-out":
    "No participas: Timbre ya no te oye. Lo que sabía de tu voz en esta sesión está borrado, y también lo que dijiste y aún no había leído. Con {{command}} ves el resto o lo borras.",
  "live.started":
    "Timbre está escuchando en {{channel}} y se lo ha dicho a todos los que están allí. Quien quiera que se le oiga elige _Quiero participar_.",
  "live.title": "🔴 El ambiente en {{channel}}, en directo",
  "live.title-over": "El ambiente en {{channel}}: ya no en directo",
  "live.footer": "Un resultado cuenta la mitad después de {{time}} · lo adivina una máquina y puede equivocarse",
  "live.mood-none": "No se ha oído nada últimamente",
  "live.mood-mixed": "variado, sobre todo {{title}}",
  "live.speakers-none": "Nadie participa. Quien quiera que se le oiga elige _Quiero participar_.",
  "live.summary": "El ambiente en {{channel}}",
  "live.summary-footer":
    "{{time}} · intervenciones: {{count}} · recibido: {{share}} del sonido · lo adivina una máquina y puede equivocarse",
  "live.status": "Timbre está escuchando en {{channel}}. Lo inició {{person}}.",
  "live.status-time": "Desde {{since}}; termina como muy tarde {{until}}.",
  "live.status-speakers": "Participan: {{people}}.",
  "live.status-unheard": "De quienes participan, nadie ha hablado todavía.",
  "live.status-heard": "Llegó {{share}} de lo dicho: {{audio}} de {{spoken}}.",
  "live.status-utterances": "Intervenciones entregadas para leer: {{count}}.",
  "live.status-dropped": "Descartadas: {{reasons}}.",
  "live.status-dropped-none": "No se descartó ninguna intervención.",
  "live.drop-too-short": "demasiado cortas",
  "live.drop-no-consent": "sin consentimiento",
  "live.drop-undecryptable": "no descifrables",
  "live.drop-undecodable": "no decodificables",
  "live.drop-queue-full": "cola llena",
  "live.drop-stale": "demasiado tarde",
  "live.left-stopped": "Se terminó el modo en directo. Timbre ya no oye a nadie.",
  "live.left-empty": "Todos salieron del canal, así que Timbre también.",
  "live.left-nobody":
    "En el canal no participa nadie, así que Timbre ha salido. Inícialo de nuevo cuando alguien quiera que se le oiga.",
  "live.left-time": "Se acabó el tiempo de escucha, así que Timbre ha salido.",
  "live.left-shutdown":
    "Timbre se está deteniendo o actualizando, así que ha salido. Inícialo de nuevo en unos minutos.",
  "live.left-lost":
    "Timbre falló mientras escuchaba aquí. Ya no oye a nadie; lo que sabía de vuestras voces está borrado. Inícialo de nuevo.",
  "live.left-disconnected": "Alguien desconectó a Timbre o la llamada terminó. Ya no oye a nadie.",
  "live.left-moved": "Movieron a Timbre a otro canal, donde nadie aceptó que lo oyera. Ha salido de allí.",
  "live.left-undecryptable":
    "Timbre entró varias veces, pero no puede descifrar lo que se dice, así que ha salido. Vuelve a iniciarlo dentro de unos minutos.",
  "live.left-silent":
    "Se está hablando, pero a Timbre no le llega ningún sonido, así que ha salido. Si iniciarlo de nuevo no ayuda, quien lo administra debería comprobar que UDP llega hasta Discord.",
  "live.left-unreachable":
    "Timbre perdió la conexión con el servidor de voz de Discord y no pudo recuperarla. Vuelve a iniciarlo dentro de unos minutos.",
  "live.left-encryption":
    "Discord exige un cifrado que esta versión de Timbre no tiene, así que no puede escuchar. Quien lo administra debería actualizarlo.",
};
