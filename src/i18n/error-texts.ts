import type { UserErrorCode } from "../errors.ts";

type ErrorKey<Code extends string> = `error.${Code}`;

/** Sentences by error code -> texts by key (`error.<code>`). */
export function errorTexts(sentences: Record<UserErrorCode, string>): Record<ErrorKey<UserErrorCode>, string> {
  const entries = Object.entries(sentences).map(([code, sentence]) => [`error.${code}`, sentence]);
  return Object.fromEntries(entries);
}
