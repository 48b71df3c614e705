/** A moderator's visit to one page of the house. */

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { watchPage } from "./browser.ts";
import type { BrowserHouse } from "./browser-house.ts";

/** Signs in, opens a page, and sees to it that nothing goes wrong there and nobody else is asked. */
export async function visitPage(
  house: BrowserHouse,
  browser: Browser,
  path: string,
  use: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Warsaw", ...options });
  const page = await context.newPage();
  await house.signIn(page);
  const watch = watchPage(page, house.address);
  await page.goto(house.address + path);
  await settled(page);
  await use(page);
  expect(watch).toEqual({ faults: [], strangers: [] });
  await context.close();
}

/** Waits until nothing is on its way any more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await expect.poll(() => page.locator(".waiting").count()).toBe(0);
}
