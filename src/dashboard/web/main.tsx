/** Shows the page in the reader's language. */

import { render } from "preact";
import { languageOf, translator } from "../../i18n/index.ts";
import { TryIt } from "./try-it.tsx";

const place = document.getElementById("page");
if (!place) throw new Error("index.html has no place for the page.");
document.documentElement.lang = languageOf(navigator.language);
render(<TryIt t={translator(navigator.language)} />, place);
