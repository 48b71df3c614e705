/** How the pages behave: for whom they work, in which language and light, and how much they load. */

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGE_CODES } from "../../src/i18n/languages.ts";
import { GUILD_ID } from "../discord/index.ts";
import { launchBrowser, NO_BROWSER } from "./browser.ts";
import { seriousFaults } from "./browser-axe.ts";
import { type BrowserHouse, startBrowserHouse } from "./browser-house.ts";
import { settled, visitPage } from "./browser-visit.ts";

if (NO_BROWSER) console.warn(NO_BROWSER);

const PAGES = ["overview", "live", "history", "alerts", "settings"].map((page) => `/servers/${GUILD_ID}/${page}`);
const VIEWS = ["rules", "webhooks"].map((view) => `/servers/${GUILD_ID}/alerts?view=${view}`);
const ALL_PAGES = [...PAGES, ...VIEWS, "/try", "/system"];

describe.skipIf(NO_BROWSER)("every page", () => {
  const opened = new AsyncDisposableStack();
  let house: BrowserHouse;
  let browser: Browser;

  beforeAll(async () => {
    house = await startBrowserHouse();
    opened.defer(() => house.close());
    browser = await launchBrowser();
    opened.defer(() => browser.close());
    const yesterday = new Date(Date.now() - 86_400_000);
    await house.hear(["Ada", "Bert", "Cleo"].map((by) => ({ by, at: yesterday, speed: 0.6 })));
  });
  afterAll(() => opened.disposeAsync());

  const visit = (path: string, use: (page: Page) => Promise<void>, options?: BrowserContextOptions) =>
    visitPage(house, browser, path, use, options);

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 320],
    ["dark", 320],
  ] as const)("no page keeps anybody out: %s, %s pixels wide", (colorScheme, width) =>
    visit(
      "/try",
      async (page) => {
        for (const path of ALL_PAGES) {
          await page.goto(house.address + path);
          await settled(page);
          expect([path, await seriousFaults(page)]).toEqual([path, []]);
          expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width]);
        }
      },
      { colorScheme, viewport: { width, height: 800 } },
    ),
  );

  test.each(LANGUAGE_CODES)("speaks %s, and keeps to what was chosen", (language) =>
    visit(
      PAGES[0] ?? "",
      async (page) => {
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
        const other = language === "pl" ? "de" : "pl";
        await page.locator("aside select").nth(1).selectOption(other);
        await page.getByRole("heading", { level: 1, name: other === "pl" ? "Przegląd" : "Überblick" }).waitFor();
        await page.reload();
        await settled(page);
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(other);
      },
      { locale: language },
    ),
  );

  test("is lit as the reader chooses", () =>
    visit(PAGES[0] ?? "", async (page) => {
      const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const before = await back();
      await page.getByLabel("Light or dark").first().selectOption("dark");
      expect(await back()).not.toBe(before);
    }));

  test("goes everywhere by keyboard, and tells screen readers where it is", () =>
    visit(PAGES[0] ?? "", async (page) => {
      await page.locator("body").press("Tab");
      await page.getByRole("link", { name: "Skip to the content" }).and(page.locator(":focus")).waitFor();
      await page.getByRole("link", { name: "History" }).first().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
      expect(await page.title()).toContain("History");
      expect(await page.locator("aside a[aria-current=page]").textContent()).toContain("History");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    }));

  test("has its menu in a sheet on a phone", () =>
    visit(
      PAGES[0] ?? "",
      async (page) => {
        await page.getByRole("button", { name: "Menu" }).click();
        const sheet = page.getByRole("dialog", { name: "Menu" });
        expect(await seriousFaults(page)).toEqual([]);
        await sheet.getByRole("link", { name: "System" }).click();
        await page.getByRole("heading", { level: 1, name: "System" }).waitFor();
        await expect.poll(() => sheet.count()).toBe(0);
      },
      { viewport: { width: 360, height: 640 } },
    ));

  test("needs less than 150 kB of script, compressed, for the first page", async () => {
    const context = await browser.newContext({ locale: "en-GB" });
    const page = await context.newPage();
    await house.signIn(page);
    const sizes: number[] = [];
    const measured: Promise<unknown>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() !== "script") return;
      measured.push(
        response
          .request()
          .sizes()
          .then((size) => sizes.push(size.responseBodySize)),
      );
    });
    const protocol = await context.newCDPSession(page);
    await protocol.send("Network.clearBrowserCache");
    await page.goto(house.address);
    await page.waitForURL(`**${PAGES[0]}`);
    await settled(page);
    await Promise.all(measured);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`script of the first page: ${Math.round(bytes / 1000)} kB`);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThan(150_000);
    await context.close();
  });
});
