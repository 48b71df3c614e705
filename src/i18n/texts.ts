import type { en } from "./en.ts";

/** Every key there is. */
export type TextKey = keyof typeof en;
/** One language's texts. */
export type Texts = Readonly<Record<TextKey, string>>;
