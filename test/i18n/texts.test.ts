import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LANGUAGES, labelName, languageOf, translator } from "../../src/i18n/index.ts";

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted();

describe.each(Object.entries(LANGUAGES))("the texts in %s", (_, texts) => {
  test("have the keys of English and no others", () => {
    expect(Object.keys(texts).toSorted()).toEqual(Object.keys(LANGUAGES.en).toSorted());
  });

  test("have the placeholders of English", () => {
    const english: Record<string, string> = LANGUAGES.en;
    for (const [key, text] of Object.entries(texts)) {
      expect([key, placeholders(text)]).toEqual([key, placeholders(english[key] ?? "")]);
    }
  });

  test("are none of them empty", () => {
    expect(Object.entries(texts).filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});

test.each([
  ["de", "de"],
  ["de-AT", "de"],
  ["en-US", "en"],
  ["es-419", "es"],
  ["pt-BR", "pt"],
  ["pl", "pl"],
  ["xx", "en"],
  ["", "en"],
])("locale %j is answered in %s", (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});

test("fills placeholders and names labels, also those of foreign models", () => {
  const t = translator("de");
  expect(t("error.too-long", { limit: "10 min" })).toContain("10 min");
  expect(labelName("anger", t)).toBe("Ärger");
  expect(labelName("boredom", t)).toBe("boredom");
});

const src = join(import.meta.dirname, "..", "..", "src");
const code = globSync("**/*.{ts,tsx}", { cwd: src })
  .filter((file) => !file.startsWith("i18n/"))
  .map((file) => readFileSync(join(src, file), "utf8"))
  .join("\n");

test("no text is left over", () => {
  const beginnings = [...code.matchAll(/`([a-z.-]+-)\$\{/g)].map(([, beginning = ""]) => beginning);
  const isUsed = (key: string) => {
    // What a model says, and what the page is doing.
    if (/^((label|dimension)\.|page\.(sending|waiting|active)$|error\.internal$)/.test(key)) return true;
    const name = key.replace(/^error\./, "");
    // A key in quotes that isn't the name of a field, or one that is put together.
    return (
      new RegExp(`"${name.replaceAll(".", "\\.")}"(?!:)`).test(code) || beginnings.some((each) => key.startsWith(each))
    );
  };
  expect(Object.keys(LANGUAGES.en).filter((key) => !isUsed(key))).toEqual([]);
});

test("no text is missing", () => {
  const keys = Object.keys(LANGUAGES.en);
  const said = [
    ...code.matchAll(/\b(?:t|localised\w*|subcommand|oneOf|role)\(\s*"([a-z0-9.-]+)"(?:,\s*"([a-z0-9.-]+)")?/g),
  ];
  const used = said.flatMap(([, first, second]) => [first, second]).filter((key) => key !== undefined);
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((key) => !keys.includes(key))).toEqual([]);
  const beginnings = [...code.matchAll(/\bt\(`([a-z.-]+)\$\{/g)].map(([, beginning = ""]) => beginning);
  expect(beginnings.filter((beginning) => !keys.some((key) => key.startsWith(beginning)))).toEqual([]);
});

test.each(Object.entries(LANGUAGES))("Discord takes the names and descriptions of commands in %s", (_, texts) => {
  const commands = Object.entries(texts).filter(([key]) => key.startsWith("command."));
  for (const [key, text] of commands) {
    if (key.endsWith(".description")) expect([key, text.length <= 100]).toEqual([key, true]);
    // The one in the menu of messages may have spaces and capitals.
    else if (key === "command.read.name") expect(text.length).toBeLessThanOrEqual(32);
    else {
      expect([key, text]).toEqual([key, expect.stringMatching(/^[-_\p{L}\p{N}]{1,32}$/u)]);
      expect([key, text]).toEqual([key, text.toLowerCase()]);
    }
  }
  const choices = Object.entries(texts).filter(([key]) => /^settings\.\w+-/.test(key));
  for (const [key, text] of choices) expect([key, text.length <= 100]).toEqual([key, true]);
});
