/** Text in pictures needs a font, and a bare machine has none: Inter travels with us. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { GlobalFonts } from "@napi-rs/canvas";

/** Family name under which our copy of Inter is known, so that no installed font is taken in its place. */
export const PICTURE_FONT = "Timbre Inter";

const require = createRequire(import.meta.url);
const FILES = [
  require.resolve("@fontsource/inter/files/inter-latin-400-normal.woff2"),
  require.resolve("@fontsource/inter/files/inter-latin-600-normal.woff2"),
  require.resolve("@fontsource/inter/files/inter-latin-ext-400-normal.woff2"),
  require.resolve("@fontsource/inter/files/inter-latin-ext-600-normal.woff2"),
];

/** Makes `PICTURE_FONT` known to the canvas; again is harmless. @throws Error when a file can't be read as a font. */
export function registerFonts(): void {
  if (GlobalFonts.has(PICTURE_FONT)) return;
  for (const path of FILES) {
    if (!GlobalFonts.register(readFileSync(path), PICTURE_FONT)) throw new Error(`The font ${path} can't be read.`);
  }
}
