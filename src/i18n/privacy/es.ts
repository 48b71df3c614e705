import type { privacyEn } from "./en.ts";

/** Spanish texts of `/privacy` and of the first notice. */
export const privacyEs: Record<keyof typeof privacyEn, string> = {
  "command.privacy.name": "privacidad",
  "command.privacy.description": "Mira lo que Timbre guarda sobre ti y decide sobre ello",
  "privacy.title": "Lo que Timbre guarda sobre ti",
  "privacy.audio": "Grabaciones de tu voz: ninguna. Timbre nunca guarda audio.",
  "privacy.readings": "Resultados sobre tu voz (lo que se oyó, en cifras): {{count}}, el primero del {{since}}.",
  "privacy.readings-none": "Resultados sobre tu voz: ninguno.",
  "privacy.unread": "Clips de tu voz sin resultado (aún sin leer o ilegibles): {{count}}.",
  "privacy.asked":
    "Que preguntaste por clips de otras personas: {{count}}. Sus resultados son suyos, así que aquí no ves ninguno.",
  "privacy.sessions": "Sesiones en directo que iniciaste: {{count}}.",
  "privacy.corrections": "Correcciones tuyas (para medir Timbre, nunca para entrenarlo): {{count}}.",
  "privacy.kept": "Cada servidor decide cuánto tiempo se guardan los resultados; fuera de ellos son {{time}}.",
  "privacy.choice-live":
    "Tu elección: Timbre puede escucharte cuando alguien lo pide y también por su cuenta, en directo y en canales automáticos.",
  "privacy.choice-asked":
    "Tu elección: Timbre puede escuchar un clip tuyo cuando alguien lo pide, y nunca por su cuenta.",
  "privacy.choice-nothing":
    "Tu elección: nadie puede hacer analizar tu voz. Lo guardado antes sigue ahí hasta que lo borres.",
  "privacy.live-on": "Permitir análisis en directo",
  "privacy.live-off": "Detener análisis en directo",
  "privacy.opt-out": "Rechazarlo todo",
  "privacy.opt-in": "Volver a permitir",
  "privacy.export": "Exportar",
  "privacy.delete": "Borrarlo todo",
  "privacy.delete-confirm":
    "¿Borrar todos los resultados sobre tu voz, tus correcciones, tus preguntas por clips de otras personas y que iniciaste sesiones en directo? No se puede deshacer. Tu elección se conserva para que siga valiendo; también tus cambios en los ajustes de un servidor.",
  "privacy.delete-yes": "Sí, borrar",
  "privacy.delete-no": "No, conservar",
  "privacy.deleted": "Todo está borrado.",
  "privacy.exported": "Esto es todo lo que Timbre guarda sobre ti. Solo tú lo ves.",
  "privacy.exported-part": "Parte {{part}}.",
  notice:
    "**Timbre es nuevo aquí.** Oye cómo se dice algo, no qué: por el sonido de una voz intuye una emoción. Es una máquina y puede equivocarse, así que no juzgues a nadie por ello. No se guarda audio. Con {{command}} ves lo que se guarda sobre ti, lo borras o lo rechazas todo.",
};
