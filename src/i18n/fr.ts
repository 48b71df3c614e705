import { answerFr } from "./answer/fr.ts";
import { errorTexts } from "./error-texts.ts";
import { liveFr } from "./live/fr.ts";
import { privacyFr } from "./privacy/fr.ts";
import { settingsFr } from "./settings/fr.ts";
import type { Texts } from "./texts.ts";

/** French texts. */
export const fr: Texts = {
  ...errorTexts({
    "not-audio": "Ce n'est pas un fichier audio que Timbre connaît. Envoie du OGG, WebM, MP3, M4A, WAV ou FLAC.",
    "no-audio-track":
      "Il n'y a pas de son dans ce fichier, seulement d'autres pistes. Envoie un fichier avec une piste audio.",
    damaged: "Ce fichier audio est abîmé et ne peut pas être décodé. Exporte-le ou enregistre-le à nouveau.",
    "unsupported-codec":
      "Le son de ce fichier est codé en {{codec}}, que Timbre ne sait pas décoder. Convertis-le en OGG/Opus, MP3 ou WAV.",
    empty: "Il n'y a pas de son dans ce fichier. Enregistre quelque chose et renvoie-le.",
    "too-long": "Cet enregistrement dure plus de {{limit}}. Envoie une partie plus courte.",
    "too-large": "Ce fichier dépasse {{limit}}. Envoie un fichier plus petit.",
    "fetch-refused":
      "Timbre n'a pas le droit de chercher des fichiers sur {{host}}. Joins plutôt le fichier dans Discord.",
    "fetch-gone": "Le fichier n'est plus là. Renvoie-le.",
    unreadable: "Ce fichier ne peut pas être ouvert ({{code}}). Vérifie son nom et ses droits.",
    "upload-gone": "Le fichier envoyé n'est plus là. Renvoie-le.",
    "no-file":
      "Aucun fichier n'accompagne cette requête. Envoie-le dans le champ de formulaire file, ou comme corps avec un type audio.",
    "no-clip": "Il n'y a pas de clip avec cet identifiant. Peut-être n'est-il plus conservé.",
    "no-page": "Il n'y a rien à cette adresse.",
    busy: "Timbre est trop occupé pour le moment. Réessaie dans un instant.",
    "too-often": "Trop de requêtes sont venues de toi d'un coup. Attends une minute.",
    "foreign-site": "Cette requête venait d'un autre site, Timbre l'a donc refusée. Utilise la page de Timbre.",
    "no-command": "Timbre n'a plus cette commande. Recharge Discord pour voir celles qu'il a.",
    "no-attachment": "Il n'y a pas de son dans ce message. Choisis-en un avec un message vocal ou un fichier audio.",
    "no-recent-audio":
      "Timbre ne voit pas d'audio récent dans ce salon. Joins un enregistrement, ou choisis Applications puis Lire l'émotion dans le menu d'un message vocal.",
    "opted-out": "La personne dont c'est la voix ne souhaite pas que Timbre l'écoute ; il ne l'a donc pas fait.",
    "not-yours":
      "Seuls la personne dont c'est la voix, celle qui a demandé et celles qui gèrent les messages ici peuvent supprimer ceci.",
    "only-subject":
      "Merci d'avoir bien écouté. Seule la personne dont c'est la voix peut dire ce que c'était vraiment ; rien n'a donc été noté.",
    "no-link":
      "Ce n'est pas le lien d'un message. Dans le menu du message, choisis Copier le lien du message, puis colle-le ici.",
    "link-unseen":
      "Timbre ne voit pas d'enregistrement dans ce message, ou tu n'as pas le droit de le lire. Essaie dans le menu du message lui-même : Applications, puis Lire l'émotion.",
    "no-message-content":
      "Timbre n'a pas encore le droit de voir les messages des serveurs. Pour qui l'exploite : active Message Content Intent dans le portail développeur de Discord (Bot), puis redémarre Timbre.",
    "clip-deleted": "Ce résultat a été supprimé sur demande : il n'y a rien à montrer.",
    "manage-server": "Seules les personnes qui peuvent gérer ce serveur peuvent changer ses paramètres.",
    "name-roles": "Choisis des rôles exactement quand certains rôles doivent être autorisés.",
    "too-many-channels": "Timbre lit de lui-même au plus {{limit}} salons d'un serveur. Désactive d'abord l'un d'eux.",
    "channel-closed":
      "{{channel}} est fermé à Timbre. Laisse-le y voir le salon, lire l'historique, envoyer des messages et ajouter des réactions, puis réessaie.",
    "message-gone": "Le message qui contenait cet enregistrement a été supprimé : Timbre ne l'a donc pas écouté.",
    "missing-access":
      "Timbre n'a pas accès au salon de cet enregistrement. Autorise-le à voir le salon et l'historique des messages, ou joins l'enregistrement à /emotion.",
    "too-often-person": "Tu as demandé beaucoup d'enregistrements en peu de temps. Tu pourras continuer {{when}}.",
    "too-often-server":
      "Ce serveur a demandé beaucoup d'enregistrements en peu de temps. Il pourra continuer {{when}}.",
    "needs-bot":
      "Seules les commandes de Timbre sont sur ce serveur, pas Timbre lui-même. La personne qui gère le serveur peut l'inviter avec le lien qu'affiche timbre setup.",
    "join-voice": "Rejoins d'abord un salon vocal : Timbre écoute là où tu es.",
    "voice-closed":
      "{{channel}} est fermé à Timbre. Autorise-le à y voir le salon, se connecter, envoyer des messages, intégrer des liens et joindre des fichiers, puis réessaie.",
    "voice-full": "{{channel}} est plein, Timbre ne peut donc pas le rejoindre. Libère une place et réessaie.",
    "voice-unreachable": "Timbre n'a pas pu rejoindre {{channel}}. Réessaie dans quelques minutes.",
    "live-running":
      "Timbre écoute déjà dans {{channel}}, et il ne peut être que dans un seul salon vocal par serveur. Arrête d'abord cette écoute.",
    "live-not-running": "Timbre n'écoute dans aucun salon vocal de ce serveur.",
    "live-forbidden":
      "Tu ne peux ni lancer ni arrêter le mode direct ici. Les personnes qui gèrent le serveur décident de qui le peut, avec /parametres direct.",
    "live-over": "Cette session en direct est terminée. Timbre n'entend plus personne.",
    "live-opted-out":
      "Tu as tout refusé, Timbre ne t'écoute donc pas. Si tu as changé d'avis, reviens d'abord sur ce refus avec /confidentialite.",
    internal:
      "Un problème est survenu du côté de Timbre. Réessaie un peu plus tard. Si cela persiste, donne cette référence à la personne qui gère Timbre : {{reference}}.",
    "gave-up":
      "Timbre n'y est pas arrivé, malgré plusieurs tentatives. Réessaie un peu plus tard. Si cela persiste, donne cette référence à la personne qui gère Timbre : {{reference}}.",
  }),
  "label.anger": "colère",
  "label.disgust": "dégoût",
  "label.fear": "peur",
  "label.happiness": "joie",
  "label.surprise": "bonne surprise",
  "label.sadness": "tristesse",
  "label.neutral": "neutre",
  "label.no-speech": "pas de voix",
  "label.unnamed": "aucune émotion en particulier",
  "dimension.arousal": "activation",
  "dimension.dominance": "dominance",
  "dimension.valence": "valence",
  "language.name": "Français",
  "language.tag": "fr",
  "reading.title": "{{label}} · {{percent}}",
  "reading.uncertain": "incertain · peut-être {{label}} ({{percent}})",
  "reading.confidence-none": "pas sûr du tout",
  "reading.confidence-guess": "presque au hasard",
  "reading.confidence-slight": "pas très sûr",
  "reading.confidence-fair": "assez sûr",
  "reading.confidence-high": "très sûr",
  "reading.explained": "Timbre entend : {{label}} ({{words}}).",
  "reading.uncertain-explained": "Aucune émotion ne ressort, Timbre préfère donc n'en nommer aucune.",
  "reading.no-speech-explained": "Personne ne parle dans ce clip, il n'y a donc pas d'émotion à entendre.",
  "reading.dimensions-explained":
    "Ce modèle ne nomme aucune émotion. Il indique si la voix semble calme ou excitée, effacée ou dominante, désagréable ou agréable.",
  "reading.dimensions": "Sur des échelles",
  "reading.over-time": "Au fil du temps",
  "reading.footnote": "{{model}} · {{length}} · estimé par une machine, peut se tromper",
  "reading.alt": "Lecture : {{title}}. Scores : {{scores}}.",
  "profile.pitch": "Hauteur",
  "profile.pitch-value": "{{median}} Hz, le plus souvent de {{low}} à {{high}} Hz ({{word}})",
  "profile.pitch-none": "aucune, rien n'est voisé",
  "profile.loudness": "Volume",
  "profile.loudness-value": "{{level}} dBFS ({{word}})",
  "profile.energy": "Énergie",
  "profile.energy-value": "{{energy}} par trame",
  "profile.brightness": "Brillance",
  "profile.brightness-value": "{{hertz}} Hz ({{word}})",
  "profile.brightness-none": "aucune, c'est le silence",
  "profile.voiced": "Voisé",
  "profile.voiced-value": "{{share}} du son",
  "profile.low": "grave",
  "profile.medium": "moyenne",
  "profile.high": "aiguë",
  "profile.quiet": "faible",
  "profile.moderate": "modéré",
  "profile.loud": "fort",
  "profile.dark": "sombre",
  "profile.balanced": "équilibrée",
  "profile.bright": "claire",
  "page.title": "Timbre entend comment une chose est dite",
  "page.intro":
    "Dépose l'enregistrement d'une voix et lis l'émotion qu'on y entend. Ce Timbre analyse le fichier et l'efface aussitôt.",
  "page.drop": "Dépose un enregistrement ici",
  "page.drop-another": "Dépose un autre enregistrement",
  "page.choose": "ou choisis un fichier",
  "page.formats": "OGG, WebM, MP3, M4A, WAV ou FLAC",
  "page.sending": "Envoi de {{name}}",
  "page.waiting": "En attente de son tour",
  "page.active": "Écoute de {{name}}",
  "page.failed": "Ça n'a pas marché",
  "page.offline": "Timbre est injoignable. Regarde s'il tourne encore, et réessaie.",
  "page.scores": "Émotions",
  "page.profile": "La voix",
  "page.contour": "Hauteur et volume au fil du temps",
  "page.table": "En tableau",
  "page.time": "Temps",
  "page.strongest": "La plus forte",
  "page.share": "Part",
  "page.fallible":
    "Timbre devine d'après le son seul, pas d'après les mots. Il peut se tromper : prends-le comme un indice, et ne juge personne là-dessus.",
  "page.model": "Modèle",
  "command.emotion.name": "emotion",
  "command.emotion.description": "Entendre l'émotion dans l'enregistrement d'une voix",
  "command.emotion.clip.name": "clip",
  "command.emotion.clip.description": "L'enregistrement : OGG, WebM, MP3, M4A, WAV ou FLAC",
  "command.read.name": "Lire l'émotion",
  ...settingsFr,
  ...answerFr,
  ...privacyFr,
  ...liveFr,
};
