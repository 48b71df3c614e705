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

test("no text is left over", () => {
  const src = join(import.meta.dirname, "..", "..", "src");
  const code = globSync("**/*.{ts,tsx}", { cwd: src })
    .filter((file) => !file.startsWith("i18n"))
    .map((file) => readFileSync(join(src, file), "utf8"))
    .join("\n");
  // These are put together: from an error's code, from what a model says, from what the page is doing.
  const unused = Object.keys(LANGUAGES.en).filter(
    (key) => !/^((error|label|dimension)\.|page\.(sending|waiting|active)$)/.test(key) && !code.includes(`"${key}"`),
  );
  expect(unused).toEqual([]);
});

test("Discord takes the commands' names in every language", () => {
  for (const texts of Object.values(LANGUAGES)) {
    for (const name of [texts["command.emotion.name"], texts["command.emotion.clip.name"]]) {
      expect(name).toMatch(/^[-_\p{L}\p{N}]{1,32}$/u);
      expect(name).toBe(name.toLowerCase());
    }
    const descriptions = [texts["command.emotion.description"], texts["command.emotion.clip.description"]];
    for (const text of descriptions) expect(text.length).toBeLessThanOrEqual(100);
    expect(texts["command.read.name"].length).toBeLessThanOrEqual(32);
  }
});
