/** Shows the page in the reader's language. */

import { render } from "preact";
import { App } from "./app.tsx";
import { firstLanguage, speak } from "./language.ts";
import { chosenTheme, light } from "./theme.ts";

const place = document.getElementById("page");
if (!place) throw new Error("index.html has no place for the page.");
light(chosenTheme());
render(<App voice={await speak(firstLanguage())} />, place);
