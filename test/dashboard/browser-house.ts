/** A whole Timbre for a browser: a local Discord with people in it, real database, queues, worker, model, bot and page. */

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Cookie, Page } from "playwright-core";
import { readConfig } from "../../src/config.ts";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { run } from "../../src/main.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { CHANNEL_ID, GUILD_ID, type LocalDiscord, startLocalDiscord } from "../discord/index.ts";
import type { Person } from "../discord/person.ts";
import { wavFile } from "../ser/decode/wav-file.ts";
import { startTestPostgres } from "../support/postgres.ts";

/** Something that somebody said. */
export interface Said {
  readonly by: string;
  readonly at: Date;
  readonly channelId?: string;
  readonly source?: "command" | "menu";
  /** As fast, and as high, as the fixture's voice times this. */
  readonly speed?: number;
}

/** The house, and hands to fill it with life. */
export interface BrowserHouse {
  readonly address: string;
  readonly discord: LocalDiscord;
  readonly store: Store;
  /** A member of the guild. */
  meet(name: string, permissions?: bigint): Person;
  /** Has recordings read that were sent at these times, through queue, worker and model; waits until all are. */
  hear(said: readonly Said[]): Promise<void>;
  /** Signs somebody in through Discord who manages the guild; from the second time on, by the cookies of the first. */
  signIn(page: Page): Promise<void>;
  close(): Promise<void>;
}

const WAV_HEADER = 44;
const VOICE_RATE_HZ = 16_000;

/** Starts everything, with the page that was built last. */
export async function startBrowserHouse(): Promise<BrowserHouse> {
  const opened = new AsyncDisposableStack();
  // Recordings are taken in at the time that this tells.
  let time: Date | undefined;
  let cookies: Cookie[] | undefined;
  try {
    const postgres = await startTestPostgres();
    opened.defer(() => postgres.stop());
    const connectionString = await postgres.createDatabase();
    const discord = await startLocalDiscord();
    opened.defer(() => discord.close());
    const config = readConfig({
      ...{ DATABASE_URL: connectionString, TIMBRE_PORT: "0", TIMBRE_FETCH_HOSTS: discord.cdnHost, LOG_LEVEL: "error" },
      ...{ DISCORD_TOKEN: discord.token, DISCORD_API: discord.api, DISCORD_CLIENT_SECRET: discord.oauth.clientSecret },
    });
    const timbre = await run(config, new Set(["worker", "dashboard", "bot"]));
    opened.defer(() => timbre.close());
    const address = timbre.address ?? "";
    discord.oauth.redirects.add(`${address}/auth/callback`);
    await discord.registered("mood");
    const store = await openStore(connectionString, { now: () => time ?? new Date() });
    opened.defer(() => store.close());
    const queue = await openClipQueue({ kind: "postgres", connectionString });
    opened.defer(() => queue.close());
    const voice = (await readFile(join(import.meta.dirname, "..", "fixtures", "voice.wav"))).subarray(WAV_HEADER);
    const meet = (name: string, permissions = 0n) => {
      const person = discord.user(name);
      person.may(permissions);
      return person;
    };
    // From the start, as Discord's answers about a guild are believed for minutes.
    const mona = meet("Mona", PermissionFlagsBits.ManageGuild);

    return {
      ...{ address, discord, store, meet, close: () => opened.disposeAsync() },
      async hear(said) {
        const waiting = new Set<string>(said.map(() => randomUUID()));
        const ids = [...waiting];
        const { promise, resolve } = Promise.withResolvers<void>();
        const end = await store.changes.listen((change) => {
          if (change.kind === "reading" && waiting.delete(change.clipId) && waiting.size === 0) resolve();
        });
        for (const [index, { by, at, channelId = CHANNEL_ID, source = "command", speed = 1 }] of said.entries()) {
          const [id = "", uploadId] = [ids[index], randomUUID()];
          const subjectId = discord.user(by).id;
          const attribution = { source, guildId: GUILD_ID, channelId, subjectId, askerId: subjectId };
          await store.uploads.keep(uploadId, wavFile({ rateHz: Math.round(VOICE_RATE_HZ * speed), data: voice }));
          time = at;
          await store.clips.accept(id, attribution);
          time = undefined;
          await queue.enqueueClip(id, {
            version: 1,
            source: { kind: "upload", uploadId },
            reply: { kind: "stored" },
            filename: "voice.wav",
            attribution,
          });
        }
        await promise;
        await end();
      },
      async signIn(page) {
        if (cookies) await page.context().addCookies(cookies);
        else mona.useBrowser();
        await page.goto(address);
        if (!cookies) await page.getByRole("link", { name: "Discord" }).click();
        await page.getByRole("navigation").first().waitFor();
        cookies ??= await page.context().cookies();
      },
    };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}
