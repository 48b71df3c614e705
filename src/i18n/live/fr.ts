import type { liveEn } from "./en.ts";

/** French texts of `/mood` and of live sessions. */
export const liveFr: Record<keyof typeof liveEn, string> = {
  "command.mood.name": "ambiance",
  "command.mood.description": "Entendre l'ambiance de ton salon vocal, chez les personnes qui l'acceptent",
  "command.mood.start.name": "demarrer",
  "command.mood.start.description": "Écouter dans ton salon vocal les personnes qui l'acceptent",
  "command.mood.start.minutes.name": "minutes",
  "command.mood.start.minutes.description": "Combien de temps au plus, en minutes ; 120 par défaut",
  "command.mood.start.half-life.name": "demi-vie",
  "command.mood.start.half-life.description":
    "Au bout de combien de secondes un résultat compte pour moitié ; 60 par défaut",
  "command.mood.stop.name": "arreter",
  "command.mood.stop.description": "Ne plus écouter et montrer ce qu'était l'ambiance",
  "command.mood.status.name": "etat",
  "command.mood.status.description": "Si Timbre entend bien, et ce qui a été écarté",
  "live.include": "Je participe",
  "live.leave-out": "Sans moi",
  "live.notice":
    "🔴 **Timbre écoute dans {{channel}}.** C'est {{person}} qui l'a lancé. Il entend comment les choses sont dites, pas ce qui est dit, et devine une émotion d'après le son d'une voix. C'est une machine et elle peut se tromper : ne juge personne là-dessus.",
  "live.notice-rules":
    "Seules les personnes qui choisissent de participer sont écoutées. Tu peux changer d'avis à tout moment : en moins d'une seconde, Timbre ne t'entend plus. Aucun son n'est conservé. Timbre part au plus tard au bout de {{time}}.",
  "live.notice-asked": "{{people}} : Timbre ne vous écoute que si vous choisissez _Je participe_.",
  "live.notice-willing":
    "{{people}} : vous avez autorisé l'analyse en direct dans {{command}}, vous participez donc. _Sans moi_ y met fin ici.",
  "live.included":
    "Tu participes maintenant. _Sans moi_ y met fin aussitôt. Avec {{command}}, tu vois ce qui est conservé sur toi ou tu le supprimes.",
  "live.left-out":
    "Tu ne participes pas : Timbre ne t'entend plus. Ce qu'il savait de ta voix dans cette session est supprimé, ainsi que ce que tu as dit et qu'il n'avait pas encore lu. Avec {{command}}, tu vois le reste ou tu le supprimes.",
  "live.started":
    "Timbre écoute dans {{channel}} et l'a dit à tout le monde sur place. Pour être entendu, il faut choisir _Je participe_.",
  "live.title": "🔴 L'ambiance dans {{channel}}, en direct",
  "live.title-over": "L'ambiance dans {{channel}} : le direct est terminé",
  "live.footer": "Un résultat compte pour moitié au bout de {{time}} · une machine devine, et peut se tromper",
  "live.mood-none": "Rien entendu récemment",
  "live.mood-mixed": "partagée, surtout {{title}}",
  "live.speakers-none": "Personne ne participe. Pour être entendu, il faut choisir _Je participe_.",
  "live.summary": "L'ambiance dans {{channel}}",
  "live.summary-footer":
    "{{time}} · paroles : {{count}} · reçu : {{share}} du son · une machine devine, et peut se tromper",
  "live.status": "Timbre écoute dans {{channel}}. C'est {{person}} qui l'a lancé.",
  "live.status-time": "Depuis {{since}} ; fin au plus tard {{until}}.",
  "live.status-speakers": "Participent : {{people}}.",
  "live.status-unheard": "Personne n'a encore parlé parmi celles et ceux qui participent.",
  "live.status-heard": "{{share}} de ce qui a été dit est arrivé : {{audio}} sur {{spoken}}.",
  "live.status-utterances": "Paroles transmises pour être lues : {{count}}.",
  "live.status-dropped": "Écartées : {{reasons}}.",
  "live.status-dropped-none": "Aucune parole n'a été écartée.",
  "live.drop-too-short": "trop courtes",
  "live.drop-no-consent": "sans accord",
  "live.drop-undecryptable": "indéchiffrables",
  "live.drop-undecodable": "indécodables",
  "live.drop-queue-full": "file pleine",
  "live.drop-stale": "trop tard",
  "live.left-stopped": "Le mode direct a été arrêté. Timbre n'entend plus personne.",
  "live.left-empty": "Tout le monde a quitté le salon, alors Timbre est parti aussi.",
  "live.left-nobody":
    "Dans le salon, personne ne participe, alors Timbre est parti. Relance-le quand quelqu'un voudra être entendu.",
  "live.left-time": "Le temps d'écoute est écoulé, alors Timbre est parti.",
  "live.left-shutdown":
    "Timbre est en cours d'arrêt ou de mise à jour, alors il est parti. Relance-le dans quelques minutes.",
  "live.left-lost":
    "Timbre est tombé en panne pendant qu'il écoutait ici. Il n'entend plus personne ; ce qu'il savait de vos voix est supprimé. Relance-le.",
  "live.left-disconnected": "Quelqu'un a déconnecté Timbre, ou l'appel est terminé. Il n'entend plus personne.",
  "live.left-moved": "Timbre a été déplacé dans un autre salon, où personne n'a accepté d'être entendu. Il l'a quitté.",
  "live.left-undecryptable":
    "Timbre a rejoint le salon plusieurs fois sans réussir à déchiffrer ce qui s'y dit, et il est parti. Relance-le dans quelques minutes.",
  "live.left-silent":
    "On parle, mais aucun son n'arrive jusqu'à Timbre, alors il est parti. Si le relancer ne suffit pas, la personne qui l'héberge devrait vérifier que l'UDP passe jusqu'à Discord.",
  "live.left-unreachable":
    "Timbre a perdu la connexion au serveur vocal de Discord et n'a pas pu la rétablir. Relance-le dans quelques minutes.",
  "live.left-encryption":
    "Discord exige un chiffrement que cette version de Timbre ne connaît pas : il ne peut donc pas écouter. La personne qui l'héberge devrait le mettre à jour.",
};
