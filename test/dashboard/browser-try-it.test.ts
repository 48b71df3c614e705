/** The Try it page in a browser: recordings through queue, worker, model and database, and back. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseFile, dropFile, launchBrowser, microphoneOf, NO_BROWSER, watchPage } from "./browser.ts";
import { type BrowserHouse, startBrowserHouse } from "./browser-house.ts";

if (NO_BROWSER) console.warn(NO_BROWSER);

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const fixture = (name: string) => readFile(join(FIXTURES, name));

describe.skipIf(NO_BROWSER)("the Try it page", () => {
  const opened = new AsyncDisposableStack();
  let house: BrowserHouse;
  let browser: Browser;

  beforeAll(async () => {
    house = await startBrowserHouse();
    opened.defer(() => house.close());
    browser = await launchBrowser(microphoneOf(join(FIXTURES, "voice.wav")));
    opened.defer(() => browser.close());
  });
  afterAll(() => opened.disposeAsync());

  async function visit(use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    const page = await context.newPage();
    await house.signIn(page);
    const watch = watchPage(page, house.address);
    await page.goto(`${house.address}/try`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await use(page);
    expect(watch).toEqual({ faults: [], strangers: [] });
    await context.close();
  }
  const isHeard = (page: Page) => page.locator(".reading h2").waitFor();

  test.each([
    ["dropped on the page", dropFile],
    ["chosen in the file input", chooseFile],
  ])("shows label, bars, waveform and timeline of a file %s", (_, give) =>
    visit(async (page) => {
      await give(page, "voice.ogg", await fixture("voice.ogg"));
      await isHeard(page);
      expect(await page.locator(".bars li").count()).toBe(7);
      const title = (await page.locator(".reading h2").textContent()) ?? "";
      expect(title).toMatch(/\d+%/);
      expect(await page.title()).toContain(title);
      expect(await page.getByRole("status").first().textContent()).toContain(title);
      expect(await page.getByRole("img").count()).toBe(3);
      expect(await page.locator("dl.profile").textContent()).toMatch(/\d+ Hz/);
      await page.getByText("As a table").click();
      expect(await page.locator("tbody tr").count()).toBeGreaterThan(1);
    }),
  );

  test("plays the recording in the page, and tells what was heard where the line is", () =>
    visit(async (page) => {
      await dropFile(page, "voice.ogg", await fixture("voice.ogg"));
      const position = page.getByRole("slider", { name: "Position in the recording" });
      await position.focus();
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => position.getAttribute("aria-valuetext")).toMatch(/^0:00, \D+ \d+%$/);
      await page.getByRole("button", { name: "Play" }).click();
      await page.getByRole("button", { name: "Pause" }).waitFor();
      await expect.poll(() => position.inputValue().then(Number)).toBeGreaterThan(300);
    }));

  test("hears the microphone, with a waveform that moves", () =>
    visit(
      async (page) => {
        await page.getByRole("button", { name: "Use the microphone" }).click();
        await page.getByRole("img", { name: "Recording" }).waitFor();
        await page.getByText("0:03 /").waitFor();
        await page.getByRole("button", { name: "Stop and listen" }).click();
        await isHeard(page);
        expect(await page.locator(".reading .file").textContent()).toBe("My recording");
        expect(await page.locator("dl.profile").textContent()).toMatch(/\d+ Hz/);
        await page.getByRole("button", { name: "Play" }).waitFor();
      },
      { permissions: ["microphone"] },
    ));

  test("says plainly that nobody speaks", () =>
    visit(async (page) => {
      await dropFile(page, "silence.ogg", await fixture("silence.ogg"));
      await page.getByRole("heading", { name: "no speech" }).waitFor();
      expect(await page.locator(".bars").count()).toBe(0);
    }));

  test("shows what was wrong with a file, and takes another one", () =>
    visit(async (page) => {
      await dropFile(page, "README.md", await fixture("README.md"));
      await page.getByRole("alert").waitFor();
      expect(await page.getByRole("alert").textContent()).toContain("isn't an audio file");
      await dropFile(page, "voice.ogg", await fixture("voice.ogg"));
      await isHeard(page);
      expect(await page.getByRole("alert").count()).toBe(0);
    }));

  test("says that Timbre can't be reached", () =>
    visit(async (page) => {
      await page.context().setOffline(true);
      await dropFile(page, "voice.ogg", await fixture("voice.ogg"));
      await page.getByText("can't be reached").waitFor();
    }));

  test("works by keyboard and speaks the reader's language", () =>
    visit(
      async (page) => {
        await page.getByLabel("Leg eine Aufnahme hier ab").focus();
        expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
        await chooseFile(page, "noise.ogg", await fixture("noise.ogg"));
        await page.getByRole("heading", { name: "keine Stimme" }).or(page.locator(".reading h2")).first().waitFor();
      },
      { locale: "de-AT" },
    ));
});
