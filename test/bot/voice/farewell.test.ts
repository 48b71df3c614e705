import { expect, test } from "vitest";
import { type EndReason, farewell } from "../../../src/bot/voice/farewell.ts";
import { LANGUAGES, translator } from "../../../src/i18n/index.ts";

const REASONS = {
  disconnected: /disconnected/,
  moved: /another channel/,
  undecryptable: /decrypt/,
  silent: /no sound/,
  unreachable: /lost its connection/,
  encryption: /encryption/,
  stopped: /was ended/,
  empty: /Everybody left/,
  nobody: /takes part/,
  time: /time/,
  shutdown: /stopped or updated/,
  lost: /broke down/,
} as const satisfies Record<EndReason, RegExp>;

test.each(Object.entries(REASONS))("a bot that left (%s) says why, in every language", (reason, words) => {
  const known = Object.keys(REASONS).find((each): each is EndReason => each === reason);
  if (!known) throw new Error(reason);
  expect(farewell(known, translator("en"))).toMatch(words);
  const sentences = Object.keys(LANGUAGES).map((language) => farewell(known, translator(language)));
  expect(new Set(sentences).size).toBe(sentences.length);
});
