/** Light or dark: what the reader chose here, or else what their system says. */

import { useEffect, useState } from "preact/hooks";
import { recall, remember } from "./memory.ts";

/** Every choice there is. */
export const THEMES = ["auto", "light", "dark"] as const;
/** How the page is lit. */
export type Theme = (typeof THEMES)[number];

const SYSTEM = matchMedia("(prefers-color-scheme: dark)");
const CHANGED = "timbre-theme";

/** What was chosen last; `auto` when nothing was. */
export function chosenTheme(): Theme {
  const chosen = recall("theme");
  return THEMES.find((theme) => theme === chosen) ?? "auto";
}

/** Lights the page; the style sheet does the rest. */
export function light(theme: Theme): void {
  remember("theme", theme);
  document.documentElement.dataset["theme"] = theme;
  dispatchEvent(new Event(CHANGED));
}

/** Whether the page is dark at the moment, for what a style sheet can't reach: canvases. */
export function useDark(): boolean {
  const [dark, setDark] = useState(isDark);
  useEffect(() => {
    const follow = () => setDark(isDark());
    SYSTEM.addEventListener("change", follow);
    addEventListener(CHANGED, follow);
    return () => {
      SYSTEM.removeEventListener("change", follow);
      removeEventListener(CHANGED, follow);
    };
  }, []);
  return dark;
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === "dark" || (theme !== "light" && SYSTEM.matches);
}
