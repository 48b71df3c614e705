/** Debian's Chromium for page tests, and what a visitor does with it. */

import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** Why page tests can't run here; undefined where they can. */
export const NO_BROWSER = existsSync(CHROMIUM)
  ? undefined
  : `page tests are skipped: there is no Chromium at ${CHROMIUM} (set CHROMIUM_PATH)`;

/** A microphone that hears this WAV file over and over. */
export function microphoneOf(path: string): string[] {
  return [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-audio-capture=${path}`,
  ];
}

/** Starts a browser that talks to nobody but the page. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Chromium's own sandbox for sound needs what a container lacks.
      "--disable-features=AudioServiceSandbox",
      ...args,
    ],
  });
}

/** Lets a file fall onto the page, as a mouse would. */
export async function dropFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ({ fileName, numbers }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(numbers)], fileName));
      return transfer;
    },
    { fileName: name, numbers: [...bytes] },
  );
  await page.dispatchEvent("main", "drop", { dataTransfer });
}

/** Chooses a file in the page's file input. */
export async function chooseFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const file = { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) };
  await page.setInputFiles("input[type=file]", file);
}

/** What went wrong in the page, and whom else than `origin` it asked; both stay empty on a good page. */
export function watchPage(page: Page, origin: string): { faults: string[]; strangers: string[] } {
  const faults: string[] = [];
  const strangers: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // Chromium reports every answer of 400 and more here; the page is expected to show those itself.
    const expected = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !expected) faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) strangers.push(request.url());
  });
  return { faults, strangers };
}
