import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ManifestError, readManifestCsv } from "../../src/cli/manifest.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "timbre-manifest-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function table(content: string): Promise<string> {
  const file = join(folder, `${Math.random()}.csv`);
  await writeFile(file, content);
  return file;
}

test("reads the three columns, quoted or not, and ignores others; calm counts as neutral", async () => {
  const file = await table('path,corpus,text,emotion\n"a, b.ogg",tess,"say ""x""",Fear\nc.ogg,ravdess,,calm\n');
  expect(await readManifestCsv(file)).toMatchObject([
    { path: "a, b.ogg", corpus: "tess", emotion: "fear" },
    { path: "c.ogg", corpus: "ravdess", emotion: "neutral" },
  ]);
});

test("takes speaker, language and sex along where they are known", async () => {
  const file = await table("path,corpus,emotion,speaker,sex\na.ogg,tess,fear,tess:OAF,f\nb.ogg,ased,fear,ased:s01,\n");
  expect(await readManifestCsv(file)).toEqual([
    { path: "a.ogg", corpus: "tess", emotion: "fear", speaker: "tess:OAF", sex: "f" },
    { path: "b.ogg", corpus: "ased", emotion: "fear", speaker: "ased:s01" },
  ]);
});

test.each([
  ["a missing column", "path,emotion\na.ogg,fear\n", /columns path, corpus and emotion/],
  ["no rows", "path,corpus,emotion\n", /lists no clips/],
  ["broken quoting", 'path,corpus,emotion\n"a,b\n', /can't be read as CSV/],
])("says what is wrong with %s", async (_, content, message) => {
  const error = await readManifestCsv(await table(content)).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ManifestError);
  expect(String(error)).toMatch(message);
});

test("says that a table isn't there", async () => {
  await expect(readManifestCsv(join(folder, "nowhere.csv"))).rejects.toBeInstanceOf(ManifestError);
});
