/** A moderator's walk through every page, with what real people said at a local Discord. */

import { readFile } from "node:fs/promises";
import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, OTHER_VOICE_CHANNEL_ID } from "../discord/index.ts";
import type { Person } from "../discord/person.ts";
import { launchBrowser, NO_BROWSER } from "./browser.ts";
import { seriousFaults } from "./browser-axe.ts";
import { type BrowserHouse, startBrowserHouse } from "./browser-house.ts";
import { visitPage } from "./browser-visit.ts";

if (NO_BROWSER) console.warn(NO_BROWSER);

const VOICE = "test/fixtures/voice.ogg";
const UTTERANCE = { count: 100, packetMs: 5 };
const DAY_MS = 86_400_000;
const PAGES = ["overview", "live", "history", "alerts", "settings"].map((page) => `/servers/${GUILD_ID}/${page}`);

describe.skipIf(NO_BROWSER)("the pages", () => {
  const opened = new AsyncDisposableStack();
  let house: BrowserHouse;
  let browser: Browser;
  /** Moderates, and doesn't manage. */
  let nina: Person;

  beforeAll(async () => {
    house = await startBrowserHouse();
    opened.defer(() => house.close());
    browser = await launchBrowser();
    opened.defer(() => browser.close());
    const people = ["Ada", "Bert", "Cleo"];
    for (const name of people) house.meet(name);
    nina = house.meet("Nina", PermissionFlagsBits.ModerateMembers);
    const noon = new Date().setUTCHours(12, 0, 0, 0);
    await house.hear(
      [1, 2].flatMap((days) => people.map((by) => ({ by, at: new Date(noon - days * DAY_MS), speed: 0.6 }))),
    );
    await house.hear([{ by: "Ada", at: new Date(noon - 3 * DAY_MS), source: "menu" }]);
  });
  afterAll(() => opened.disposeAsync());

  const visit = (path: string, use: (page: Page) => Promise<void>) => visitPage(house, browser, path, use);

  test("nobody sees anything before signing in, and after signing out", async () => {
    const page = await browser.newPage({ locale: "en-GB" });
    const signIn = page.getByRole("link", { name: "Sign in with Discord" });
    await page.goto(`${house.address}/?sign-in=failed`);
    expect(await page.getByRole("alert").textContent()).toContain("That didn't work");
    await signIn.waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    nina.useBrowser();
    await signIn.click();
    await page.getByText("Nina").first().waitFor();
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await signIn.waitFor();
    await page.goto(`${house.address}${PAGES[2]}`);
    await signIn.waitFor();
    await signIn.click();
    await page.getByText("Nina").first().waitFor();
    await page.goto(`${house.address}${PAGES[4]}`);
    await page.getByText("You may look").waitFor();
    expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
    await page.goto(`${house.address}/servers/1/overview`);
    await page.getByRole("heading", { level: 1, name: "nothing that you may see" }).waitFor();
    await page.close();
  });

  test("Overview puts today beside the last weeks, and says what to do where there is nothing", () =>
    visit("/", async (page) => {
      await page.waitForURL(`**${PAGES[0]}`);
      const today = page.locator("section", { hasText: "Today beside the last four weeks" });
      expect(await today.getByText("Nobody spoke.").count()).toBe(1);
      expect(await today.getByRole("img", { name: /^Last four weeks: .*\d+%/ }).count()).toBe(1);
      expect(await page.locator('.day[data-shown="true"]').count()).toBe(2);
      expect(await page.getByText("type /mood start").count()).toBe(1);
      expect(await page.getByText("Nothing is waiting").count()).toBe(1);
      await page.getByText("As a table").click();
      expect(await page.getByText("Fewer than 3 people spoke", { exact: false }).count()).toBe(1);
    }));

  test("History filters, shows over time, by hour and in rows, and exports", () =>
    visit(`${PAGES[2]}?days=7`, async (page) => {
      const chart = page.locator("section", { hasText: "Mood over time" });
      await chart.getByText("Readings: 7, people: 3").waitFor();
      // Twelve o'clock in UTC is one o'clock or two in Warsaw.
      const hours = page.locator(".heat td[style]");
      expect(await hours.count()).toBe(2);
      const hourOf = (cell: Element) => [...(cell.parentElement?.children ?? [])].indexOf(cell) - 1;
      for (const cell of await hours.all()) expect([13, 14]).toContain(await cell.evaluate(hourOf));
      const rows = page.getByRole("region", { name: "Row by row" }).locator("tbody tr");
      expect(await rows.count()).toBe(3);
      expect(await rows.last().textContent()).toContain("Fewer than 3 people");
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "CSV" }).click();
      const csv = await readFile(await (await download).path(), "utf8");
      expect(csv.trim().split(/\r?\n/).length).toBeGreaterThan(2);
      await page.getByLabel("Source").selectOption("menu");
      await page.getByText("Fewer than 3 people spoke").first().waitFor();
      expect(page.url()).toContain("source=menu");
      await page.getByLabel("Source").selectOption("live");
      await page.getByText("Nothing was heard in this range").waitFor();
    }));

  test("a rule is made, tried and switched on; people talk live; the alert is taken up and dismissed", () =>
    visit(`${PAGES[3]}?view=rules`, async (page) => {
      await page.getByText("There are no rules yet").waitFor();
      await page.getByRole("button", { name: "New rule" }).click();
      await page.getByLabel("Name").fill("Anything at all");
      const emotions = page.getByRole("group", { name: "Any of these counts" }).getByRole("checkbox");
      for (const box of await emotions.all()) await box.check();
      await page.getByLabel("Share above (%)").fill("5");
      await page.getByLabel("At least so many utterances").fill("3");
      await page.getByRole("button", { name: "Try", exact: true }).click();
      await page.getByText(/Would have fired so often in 7 days: [1-9]/).waitFor();
      await page.getByLabel("Switched on").check();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("article", { name: "Anything at all" }).waitFor();

      await page.goto(`${house.address}${PAGES[1]}`);
      await page.getByText("No channel is live").waitFor();
      await page.getByText("Connected").waitFor();
      const people = ["Ada", "Bert", "Cleo"].map((name) => house.discord.user(name));
      const [ada] = people;
      if (!ada) throw new Error("nobody");
      await Promise.all(people.map(({ voice }) => voice.join(OTHER_VOICE_CHANNEL_ID)));
      await ada.slash("mood start").edited();
      const ids = people.map(({ id }) => id);
      await house.discord.voice.encrypted([APPLICATION_ID, ...ids], OTHER_VOICE_CHANNEL_ID);
      const card = page.getByRole("article", { name: "Rehearsal" });
      await card.waitFor();
      const notice = house.discord.sent.entries[0];
      if (!notice) throw new Error("No notice.");
      for (const person of people.slice(0, 2)) await person.press(notice, "Include me").answered();
      await card.getByText("Bert").first().waitFor();
      expect(await card.locator(".speakers li").count()).toBe(2);
      await Promise.all(people.map(({ voice }) => voice.speak(VOICE, UTTERANCE)));
      await card.getByRole("img", { name: /^Ada: .*\d+%/ }).waitFor();
      await card.getByRole("img", { name: /^Bert: .*\d+%/ }).waitFor();
      expect(await card.textContent()).not.toContain("Cleo");
      await card.getByText(/\d+% of what was said arrived/).waitFor();
      for (const by of ["Ada", "Bert", "Cleo"]) await house.hear([{ by, at: new Date(), speed: 0.6 }]);

      await page.getByRole("link", { name: "Overview" }).first().click();
      await page.getByText("Anything at all").waitFor();
      await page.getByRole("link", { name: "To the inbox" }).click();
      const alert = page.getByRole("article", { name: "Anything at all" });
      expect(await alert.textContent()).toMatch(/\d+ of \d+ utterances \(\d+%\) sounded like .*Mean confidence: \d+%/);
      await alert.getByRole("button", { name: "Take it up" }).click();
      await page.getByText("Nothing is waiting").waitFor();
      await page.getByLabel("State").selectOption("acknowledged");
      await alert.getByRole("button", { name: "Dismiss …" }).click();
      await alert.getByLabel("Note").fill("They were rehearsing.");
      await alert.getByRole("button", { name: "Dismiss", exact: true }).click();
      await page.getByText("No alerts here").waitFor();
      await page.getByLabel("State").selectOption("dismissed");
      await alert.getByText("They were rehearsing.").waitFor();

      await ada.slash("mood stop").edited();
      await page.getByRole("link", { name: "Live" }).first().click();
      await page.getByText("No channel is live").waitFor();
    }));

  test("webhooks show their secret once, are switched off and removed", () =>
    visit(`${PAGES[3]}?view=webhooks`, async (page) => {
      await page.getByLabel("Address").fill("https://hooks.example/timbre");
      await page.getByRole("button", { name: "Add" }).click();
      await page.getByText("Copy it now").waitFor();
      const row = page.locator("li", { hasText: "https://hooks.example/timbre" });
      await row.getByRole("button", { name: "Switch off" }).click();
      await row.getByRole("button", { name: "Switch on" }).waitFor();
      await row.getByRole("button", { name: "Delete" }).click();
      await page.getByText("No webhooks yet").waitFor();
    }));

  test("Settings are those of /settings, and who changed them is written down", () =>
    visit(PAGES[4] ?? "", async (page) => {
      await page.getByLabel("Readings are kept for").fill("90");
      await page.getByLabel("#general").selectOption("reply");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Saved.").waitFor();
      const kept = await house.store.guilds.settings(GUILD_ID);
      expect(kept).toMatchObject({ retentionDays: 90, automatic: [{ channelId: CHANNEL_ID, answer: "reply" }] });
      const log = page.getByRole("region", { name: "Who changed or looked at what" });
      await log.getByText("30 → 90").waitFor();
      expect(await log.textContent()).toContain("Mona");
    }));

  test("System tells of queues, of what was heard and of the model; a token is made and ended", () =>
    visit("/system", async (page) => {
      expect(await page.locator("dt", { hasText: "In the last day" }).count()).toBe(1);
      await page.getByText("The model's card").click();
      await page.locator(".prose table").first().waitFor();
      await page.getByLabel("What it is for").fill("My notebook");
      await page.getByRole("button", { name: "Make a token" }).click();
      const token = await page.locator(".secret code").textContent();
      const answer = await fetch(`${house.address}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(200);
      await page.getByRole("button", { name: "End" }).click();
      await expect.poll(() => page.getByText("My notebook").count()).toBe(0);
    }));
});
