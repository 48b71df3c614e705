import type { pageEn } from "./en.ts";

/** French texts of the page. */
export const pageFr: Record<keyof typeof pageEn, string> = {
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
};
