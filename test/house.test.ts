/** The page's whole way: a file dropped in a browser, through queue, worker, model and database, and back. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readConfig } from "../src/config.ts";
import { run } from "../src/main.ts";
import { dropFile, launchBrowser, NO_BROWSER, watchPage } from "./dashboard/browser.ts";
import { temporaryFolder } from "./support/temporary.ts";

if (NO_BROWSER) console.warn(NO_BROWSER);

const fixture = (name: string) => readFile(join(import.meta.dirname, "fixtures", name));

test.skipIf(NO_BROWSER)("a recording dropped on the page is heard, and a wrong file is explained", async () => {
  await using opened = new AsyncDisposableStack();
  const folder = temporaryFolder();
  opened.defer(() => folder.remove());
  const config = readConfig({ TIMBRE_DATA: join(folder.path, "data"), TIMBRE_PORT: "0", LOG_LEVEL: "warn" });
  const printed: unknown[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words) => void printed.push(...words));
  opened.defer(() => log.mockRestore());
  const timbre = await run(config, new Set(["worker", "dashboard"]));
  opened.defer(() => timbre.close());
  const browser = await launchBrowser();
  opened.defer(() => browser.close());
  const address = timbre.address ?? "";
  const [link = ""] = /http\S+\/auth\/link\?key=\S+/.exec(printed.join("\n")) ?? [];
  const page = await browser.newPage({ locale: "en-GB" });
  const watch = watchPage(page, address);
  await page.goto(link);
  await page.getByRole("heading", { name: "Timbre hears how something is said" }).waitFor();

  await dropFile(page, "voice.ogg", await fixture("voice.ogg"));
  await page.locator(".bars li").first().waitFor();
  expect(await page.locator(".bars li").count()).toBe(7);
  expect(await page.locator(".reading h2").textContent()).toMatch(/happiness|neutral|surprise|uncertain/);

  await dropFile(page, "README.md", await fixture("README.md"));
  await page.getByRole("alert").waitFor();
  expect(await page.getByRole("alert").textContent()).toContain("isn't an audio file");
  expect(watch).toEqual({ faults: [], strangers: [] });
});
