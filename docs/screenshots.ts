/**
 * Makes the pictures of the page that README shows, from what a voice said at a local Discord, through bot, queue,
 * worker and model:
 *
 *     npm run screenshots
 *
 * Needs Chromium and a font with emoji (Debian: `apt-get install chromium fonts-noto-color-emoji`).
 */

import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "../test/dashboard/browser.ts";
import { type Said, startBrowserHouse } from "../test/dashboard/browser-house.ts";
import {
  APPLICATION_ID,
  CHANNEL_ID,
  GUILD_ID,
  OTHER_VOICE_CHANNEL_ID,
  VOICE_CHANNEL_ID,
} from "../test/discord/index.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const PEOPLE = ["Ada", "Bert", "Cleo", "Dora"] as const;
const DAYS = 28;
/** How often somebody says something in the live channel. */
const TURNS = 18;
const VOICE = "test/fixtures/voice.ogg";
/** The one voice that there is sounds otherwise at other speeds; these are by day and person, so that days differ. */
const speedAt = (day: number, person: number) => 0.72 + ((day * 5 + person * 3) % 11) * 0.055;

const house = await startBrowserHouse();
const browser = await launchBrowser();
try {
  for (const name of PEOPLE) house.meet(name);
  await house.hear(lastWeeks());
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  await house.signIn(page);
  await makeRule(page);
  await talk();
  await take(page, "live", "page-live");
  await take(page, "overview", "page-overview");
  await take(page, `history?days=${DAYS}`, "page-history");
  await take(page, "alerts", "page-alerts", "dark");
} finally {
  await browser.close();
  await house.close();
}

/** Everybody once on most days, in the evening. */
function lastWeeks(): Said[] {
  const evening = new Date().setUTCHours(17, 0, 0, 0);
  return Array.from({ length: DAYS }, (_, day) => day)
    .filter((day) => day % 7 !== 5)
    .flatMap((day) =>
      PEOPLE.map((by, person) => ({
        by,
        at: new Date(Math.min(Date.now() - person, evening - day * DAY_MS + ((day + person) % 4) * HOUR_MS)),
        channelId: day % 3 === 0 ? VOICE_CHANNEL_ID : CHANNEL_ID,
        source: person % 2 === 0 ? ("command" as const) : ("menu" as const),
        speed: speedAt(day, person),
      })),
    );
}

/** A rule that the talk which follows will break. */
async function makeRule(page: Page): Promise<void> {
  await page.goto(`${house.address}/servers/${GUILD_ID}/alerts?view=rules`);
  await page.getByRole("button", { name: "New rule" }).click();
  await page.getByLabel("Name").fill("Low spirits");
  for (const label of ["anger", "sadness", "fear", "neutral"]) await page.getByLabel(label).check();
  await page.getByLabel("Share above (%)").fill("20");
  await page.getByLabel("At least so many utterances").fill("3");
  await page.getByLabel("Switched on").check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("article", { name: "Low spirits" }).waitFor();
}

/** People talk in a voice channel, and write to another one. */
async function talk(): Promise<void> {
  const people = PEOPLE.slice(0, 3).map((name) => house.discord.user(name));
  await Promise.all(people.map(({ voice }) => voice.join(OTHER_VOICE_CHANNEL_ID)));
  await people[0]?.slash("mood start").edited();
  await house.discord.voice.encrypted([APPLICATION_ID, ...people.map(({ id }) => id)], OTHER_VOICE_CHANNEL_ID);
  const [notice] = house.discord.sent.entries;
  if (!notice) throw new Error("The bot didn't tell anybody that it listens.");
  for (const person of people) await person.press(notice, "Include me").answered();
  // One after another, as people do; each hears the others out.
  for (let turn = 0; turn < TURNS; turn += 1) {
    const speaker = people[turn % people.length];
    const heard = nextReading();
    await speaker?.voice.speak(VOICE, { from: (turn * 23) % 60, count: 60 + ((turn * 37) % 50) });
    await heard;
  }
  for (const [person, by] of PEOPLE.entries()) {
    await house.hear([{ by, at: new Date(), speed: speedAt(0, person) }]);
  }
}

/** Waits for the next reading that is saved. */
async function nextReading(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = await house.store.changes.listen(({ kind }) => kind === "reading" && resolve());
  await promise;
  await end();
}

async function take(page: Page, path: string, name: string, colorScheme: "light" | "dark" = "light"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.goto(`${house.address}/servers/${GUILD_ID}/${path}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".waiting").length === 0);
  await page.screenshot({ path: join(import.meta.dirname, `${name}.png`) });
}
