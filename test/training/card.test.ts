/** A model's card speaks of the graph beside it. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const models = join(import.meta.dirname, "..", "..", "models");

describe.each(readdirSync(models))("the card of %s", (name) => {
  const file = (path: string) => join(models, name, path);

  test("was measured on the graph that ships, and its manifest describes that graph", async () => {
    const sha256 = createHash("sha256")
      .update(await readFile(file("model.onnx")))
      .digest("hex");
    const card = await readFile(file("CARD.md"), "utf8");
    const marker = /<!-- measured: begin sha256=([0-9a-f]{64}) -->/.exec(card);
    expect(marker?.[1], "npm run crossval writes the card; run it after training").toBe(sha256);
    expect(card).toContain("<!-- measured: end -->");
    expect(JSON.parse(await readFile(file("model.json"), "utf8")).sha256).toBe(sha256);
  });

  test("has its pictures", async () => {
    const card = await readFile(file("CARD.md"), "utf8");
    for (const [, picture] of card.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
      expect(existsSync(file(picture ?? ""))).toBe(true);
  });
});
