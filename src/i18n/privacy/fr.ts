import type { privacyEn } from "./en.ts";

/** French texts of `/privacy` and of the first notice. */
export const privacyFr: Record<keyof typeof privacyEn, string> = {
  "command.privacy.name": "confidentialite",
  "command.privacy.description": "Voir ce que Timbre conserve sur toi, et en décider",
  "privacy.title": "Ce que Timbre conserve sur toi",
  "privacy.audio": "Enregistrements de ta voix : aucun. Timbre ne conserve jamais de son.",
  "privacy.readings": "Résultats sur ta voix (ce qui a été entendu, en chiffres) : {{count}}, le premier du {{since}}.",
  "privacy.readings-none": "Résultats sur ta voix : aucun.",
  "privacy.unread": "Clips de ta voix sans résultat (pas encore lus, ou illisibles) : {{count}}.",
  "privacy.asked":
    "Tes demandes sur les clips d'autres personnes : {{count}}. Les résultats leur appartiennent, tu n'en vois donc aucun ici.",
  "privacy.sessions": "Sessions en direct que tu as lancées : {{count}}.",
  "privacy.corrections": "Corrections de ta part (pour mesurer Timbre, jamais pour l'entraîner) : {{count}}.",
  "privacy.kept": "Chaque serveur décide combien de temps les résultats sont conservés ; ailleurs, c'est {{time}}.",
  "privacy.choice-live":
    "Ton choix : Timbre peut t'écouter quand quelqu'un le demande, et aussi de lui-même, en direct et dans les salons automatiques.",
  "privacy.choice-asked":
    "Ton choix : Timbre peut écouter un clip de toi quand quelqu'un le demande, et jamais de lui-même.",
  "privacy.choice-nothing":
    "Ton choix : personne ne peut faire analyser ta voix. Ce qui était conservé avant reste là jusqu'à ce que tu le supprimes.",
  "privacy.live-on": "Autoriser l'analyse en direct",
  "privacy.live-off": "Arrêter l'analyse en direct",
  "privacy.opt-out": "Tout refuser",
  "privacy.opt-in": "Autoriser à nouveau",
  "privacy.export": "Exporter",
  "privacy.delete": "Tout supprimer",
  "privacy.delete-confirm":
    "Supprimer tous les résultats sur ta voix, tes corrections, tes demandes sur les clips d'autres personnes et le fait que tu as lancé des sessions en direct ? C'est définitif. Ton choix reste, pour qu'il continue de valoir ; tes changements aux paramètres d'un serveur aussi.",
  "privacy.delete-yes": "Oui, supprimer",
  "privacy.delete-no": "Non, garder",
  "privacy.deleted": "Tout est supprimé.",
  "privacy.exported": "C'est tout ce que Timbre conserve sur toi. Toi seul le vois.",
  "privacy.exported-part": "Partie {{part}}.",
  notice:
    "**Timbre est nouveau ici.** Il entend comment quelque chose est dit, pas quoi : il devine une émotion au son d'une voix. C'est une machine, elle peut se tromper : ne juge personne d'après elle. Aucun son n'est conservé. Avec {{command}}, tu vois ce qui est conservé sur toi, tu le supprimes ou tu refuses tout.",
};
