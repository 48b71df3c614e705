import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Reading } from "../../src/ser/index.ts";
import { HAPPY, SILENT, UNSURE } from "../views/sample-readings.ts";
import { chooseFile, dropFile, launchBrowser, NO_BROWSER, watchPage } from "./browser.ts";
import { buildPage } from "./parts.ts";
import { type Rig, startRig } from "./rig.ts";

const VOICE = new TextEncoder().encode("OggS, or so it says");

if (NO_BROWSER) console.warn(NO_BROWSER);

/** What the worker would have heard, told by the file's name; `slow` is never heard to the end. */
const HEARD: Record<string, { reading?: Reading; error?: UserError }> = {
  "voice.ogg": { reading: HAPPY },
  "unsure.ogg": { reading: UNSURE },
  "silence.ogg": { reading: SILENT },
  "letter.txt": { error: new UserError("not-audio") },
  "slow.ogg": {},
};

describe.skipIf(NO_BROWSER)("the Try it page", () => {
  let webRoot: string;
  let rig: Rig;
  let address: string;
  let browser: Browser;

  beforeAll(async () => {
    webRoot = await mkdtemp(join(tmpdir(), "timbre-page-"));
    await buildPage(webRoot);
    const queue = {
      enqueueClip: async (id: string, { filename }: { filename: string }) => {
        const { reading, error } = HEARD[filename] ?? {};
        if (reading) await rig.store.clips.saveReading(id, reading);
        if (error) await rig.store.clips.saveError(id, error);
      },
      state: async () => "active",
    };
    rig = await startRig({ queue, webRoot, discord: undefined });
    address = await rig.app.listen({ host: "127.0.0.1", port: 0 });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await rig.close();
    await rm(webRoot, { recursive: true });
  });

  async function visit(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    const page = await context.newPage();
    const watch = watchPage(page, address);
    await page.goto(`${address}/auth/link?key=${await rig.store.signIns.makeLink()}`);
    return { page, watch, leave: () => context.close() };
  }

  test.each([
    ["dropped on the page", dropFile],
    ["chosen in the file input", chooseFile],
  ])("shows label, bars and timeline of a file %s", async (_, give) => {
    const { page, watch, leave } = await visit();
    await give(page, "voice.ogg", VOICE);
    await page.getByRole("heading", { name: "happiness · 72%" }).waitFor();
    expect(await page.locator(".bars li").count()).toBe(7);
    expect(await page.locator(".bars li").first().textContent()).toContain("72%");
    expect(await page.getByRole("status").textContent()).toContain("happiness 72%");
    expect(await page.getByRole("img").count()).toBe(2);
    expect(await page.locator("dl.profile").textContent()).toContain("212 Hz");
    expect(await page.title()).toContain("happiness");
    expect(watch).toEqual({ faults: [], strangers: [] });
    await leave();
  });

  test("lists the timeline as a table", async () => {
    const { page, leave } = await visit();
    await dropFile(page, "voice.ogg", VOICE);
    await page.getByText("As a table").click();
    expect(await page.locator("tbody tr").count()).toBe(HAPPY.timeline.length);
    expect(await page.locator("tbody tr").nth(3).textContent()).toContain("no speech");
    await leave();
  });

  test("says plainly that it is uncertain, and that nobody speaks", async () => {
    const { page, leave } = await visit();
    await dropFile(page, "unsure.ogg", VOICE);
    await page.getByRole("heading", { name: "uncertain · perhaps happiness" }).waitFor();
    await dropFile(page, "silence.ogg", VOICE);
    await page.getByRole("heading", { name: "no speech" }).waitFor();
    expect(await page.locator(".bars").count()).toBe(0);
    await leave();
  });

  test("shows what was wrong with a file, and takes another one", async () => {
    const { page, leave } = await visit();
    await dropFile(page, "letter.txt", new Uint8Array([1]));
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("isn't an audio file");
    await dropFile(page, "voice.ogg", VOICE);
    await page.getByRole("heading", { name: "happiness" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await leave();
  });

  test("shows the sentence for a file that is too large", async () => {
    const { page, leave } = await visit();
    await chooseFile(page, "voice.ogg", new Uint8Array(1024 * 1024 * 5));
    await page.getByText("larger than 1 MiB").waitFor();
    await leave();
  });

  test("lets go of a file under way when another one comes", async () => {
    const { page, leave } = await visit();
    await dropFile(page, "slow.ogg", VOICE);
    await page.getByRole("progressbar", { name: "Listening to slow.ogg" }).waitFor();
    await dropFile(page, "voice.ogg", VOICE);
    await page.getByRole("heading", { name: "happiness" }).waitFor();
    await leave();
  });

  test("says that Timbre can't be reached", async () => {
    const { page, leave } = await visit();
    await page.context().setOffline(true);
    await dropFile(page, "voice.ogg", VOICE);
    await page.getByText("can't be reached").waitFor();
    await leave();
  });

  test("works by keyboard and speaks the reader's language", async () => {
    const { page, leave } = await visit({ locale: "de-AT" });
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("file");
    expect(await page.getByLabel("Leg eine Aufnahme hier ab").count()).toBe(1);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
    await chooseFile(page, "voice.ogg", VOICE);
    await page.getByRole("heading", { name: "Freude" }).waitFor();
    await leave();
  });

  test.each(["light", "dark"] as const)("fits a phone in the %s scheme", async (colorScheme) => {
    const { page, leave } = await visit({ colorScheme, viewport: { width: 320, height: 640 } });
    await dropFile(page, "voice.ogg", VOICE);
    await page.getByRole("heading", { name: "happiness" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const back = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(back).toBe(colorScheme === "dark" ? "rgb(19, 20, 25)" : "rgb(246, 246, 249)");
    await leave();
  });

  test("sends less than 150 kB of script", async () => {
    const names = (await readdir(join(webRoot, "assets"))).filter((name) => name.endsWith(".js"));
    const scripts = await Promise.all(names.map((name) => readFile(join(webRoot, "assets", name))));
    const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(150_000);
  });
});
