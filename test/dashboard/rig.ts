/** The dashboard's server on a real database, with a local Discord to ask and to sign in with. */

import { PermissionFlagsBits } from "discord-api-types/v10";
import { type AppOptions, buildApp } from "../../src/dashboard/server/app.ts";
import { discordDirectory } from "../../src/dashboard/server/directory.ts";
import type { ClipJob } from "../../src/jobs/clip-job.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { GUILD_ID, type LocalDiscord, startLocalDiscord } from "../discord/index.ts";
import type { TestDatabases } from "../support/postgres.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

/** How a browser says that its own page sends something. */
export const FROM_PAGE = { "sec-fetch-site": "same-origin" };
const ORIGIN = "http://localhost:80";

/** Headers of somebody who is signed in. */
export type SignedInHeaders = Readonly<Record<string, string>>;

/** What runs. */
export interface Rig {
  readonly app: Awaited<ReturnType<typeof buildApp>>;
  readonly store: Store;
  readonly address: string;
  readonly discord: LocalDiscord;
  readonly jobs: ReadonlyMap<string, ClipJob>;
  /** Makes the queue say no. */
  readonly trouble: { queue: boolean };
  /** What the queue says of a clip; `active` for others. */
  readonly states: Map<string, string>;
  /** The time, which stands still. */
  now: Date;
  /** Signs a person in through Discord: who may do this in the guild, and that in another. */
  signIn(name: string, here?: bigint, elsewhere?: bigint): Promise<SignedInHeaders>;
  /** Signs the owner in. */
  owner(): Promise<SignedInHeaders>;
  /** A reading of somebody in a channel, at a time. */
  hear(heard: Heard): Promise<void>;
  close(): Promise<void>;
}

/** One reading to store. */
export interface Heard {
  readonly id: string;
  readonly who: string;
  readonly label?: string;
  readonly at?: Date;
  readonly channelId?: string;
  readonly source?: "live" | "command" | "automatic" | "menu";
  readonly isUncertain?: boolean;
}

/** Starts it all, with an empty database. */
export async function startRig(postgres: TestDatabases, options: Partial<AppOptions> = {}): Promise<Rig> {
  const opened = new AsyncDisposableStack();
  const address = await postgres.createDatabase();
  const rigged = { now: new Date("2026-03-10T12:00:00Z") };
  const store = await openStore(address, { now: () => rigged.now });
  opened.defer(() => store.close());
  const discord = await startLocalDiscord();
  opened.defer(() => discord.close());
  discord.oauth.redirects.add(`${ORIGIN}/auth/callback`);
  const jobs = new Map<string, ClipJob>();
  const states = new Map<string, string>();
  const trouble = { queue: false };
  const { api, token } = discord;
  const app = await buildApp({
    host: "127.0.0.1",
    model: { name: "timbre-1", version: "1.0.0" },
    modelCard: "# A card",
    maxBytes: 1024 * 1024,
    store,
    queue: {
      enqueueClip: async (id, job) => {
        if (trouble.queue) throw new Error("the queue is away");
        jobs.set(id, job);
      },
      state: async (id) => states.get(id) ?? "active",
    },
    depths: async () => [{ name: "clips", waiting: 2, active: 1, delayed: 0 }],
    directory: discordDirectory(api, token, () => rigged.now.getTime(), { retries: 0 }),
    discord: { api, token, clientSecret: discord.oauth.clientSecret },
    publicUrl: undefined,
    webhookHosts: [],
    now: () => rigged.now,
    ...options,
  });
  opened.defer(() => app.close());

  async function signIn(name: string, here?: bigint, elsewhere?: bigint): Promise<SignedInHeaders> {
    const person = discord.user(name);
    if (here !== undefined) person.may(here);
    if (elsewhere !== undefined) person.mayElsewhere(elsewhere);
    person.useBrowser();
    const leaving = await app.inject("/auth/sign-in");
    const attempt = cookieOf(leaving.headers["set-cookie"]);
    const there = await fetch(String(leaving.headers.location), { redirect: "manual" });
    const back = new URL(there.headers.get("location") ?? "");
    const returning = await app.inject({ url: back.pathname + back.search, headers: { cookie: attempt } });
    if (returning.headers.location !== "/") throw new Error(`${name} couldn't sign in: ${returning.headers.location}`);
    return { ...FROM_PAGE, cookie: cookieOf(returning.headers["set-cookie"], "timbre-session") };
  }

  async function owner(): Promise<SignedInHeaders> {
    const secret = await store.signIns.begin({ userId: null, name: null, guildIds: [] });
    return { ...FROM_PAGE, cookie: `timbre-session=${encodeURIComponent(app.signCookie(secret))}` };
  }

  async function hear({
    id,
    who,
    label = "anger",
    at = rigged.now,
    channelId = "1",
    source = "live",
    isUncertain = false,
  }: Heard) {
    const before = rigged.now;
    rigged.now = at;
    await store.clips.accept(id, { source, subjectId: who, guildId: GUILD_ID, channelId });
    await store.clips.saveReading(id, { ...SAMPLE_READING, label, uncertain: isUncertain });
    rigged.now = before;
  }

  return Object.assign(rigged, {
    ...{ app, store, address, discord, jobs, states, trouble, signIn, owner, hear },
    close: () => opened.disposeAsync(),
  });
}

/** What moderators and managers may do. */
export const MODERATE = PermissionFlagsBits.ModerateMembers;
export const MANAGE = PermissionFlagsBits.ManageGuild;

/** A cookie out of an answer, as a browser sends it back. */
function cookieOf(header: string | string[] | undefined, name = ""): string {
  const cookie = [header ?? []].flat().find((each) => each.startsWith(name));
  return cookie?.split(";")[0] ?? "";
}
