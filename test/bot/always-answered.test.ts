/** Whatever goes wrong, nobody reads "The application did not respond". */

import { REST, Routes } from "discord.js";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { APPLICATION_ID } from "../discord/index.ts";
import { openTcpDoor } from "../support/tcp-door.ts";
import { botForTest, createDatabase, discordForTest, storeForTest } from "./start.ts";

const clip = { name: "hello.ogg", bytes: new Uint8Array([79, 103, 103, 83]) };
const HASTY = { signMs: 20, endMs: 60_000 };
const BUSY = "Timbre is too busy just now. Please try again in a moment.";

/** A part of the store that never answers. */
const hang = () => new Promise<never>(() => undefined);

test("an unforeseen error has a reference, and the log has it too", async () => {
  const discord = await discordForTest();
  const store = await storeForTest();
  const consents = { ...store.consents, of: () => Promise.reject(new Error("never foreseen")) };
  const { log } = await botForTest(discord, undefined, { store: { ...store, consents } });
  const { message } = await discord.user("Ada").slash("emotion", { clip }).acknowledged();
  expect(message.ephemeral).toBe(true);
  const reference = /reference: ([2-9A-Z]{8})\.$/.exec(message.content)?.[1];
  const line = log.entries.find((each) => each.includes("never foreseen"));
  expect(line).toContain(`"reference":"${reference}"`);
});

test("a database that goes away is an answer", async () => {
  const discord = await discordForTest();
  const door = await openTcpDoor(await createDatabase());
  const store = await openStore(door.url);
  await botForTest(discord, undefined, { store });
  await door.close();
  const ada = discord.user("Ada");
  for (const asked of [ada.slash("emotion", { clip }), ada.slash("privacy"), ada.slash("emotion")]) {
    expect((await asked.answered()).content).toMatch(/reference: [2-9A-Z]{8}\.$/);
  }
  await store.close();
});

test("a database that hangs before the first sign is an answer in time, and nothing is heard after it", async () => {
  const discord = await discordForTest();
  const store = await storeForTest();
  const slow = Promise.withResolvers<void>();
  const of: typeof store.consents.of = async (userId) => {
    await slow.promise;
    return store.consents.of(userId);
  };
  const parts = { store: { ...store, consents: { ...store.consents, of } }, patience: HASTY };
  const { jobs, bot } = await botForTest(discord, undefined, parts);
  const asked = discord.user("Ada").slash("emotion", { clip });
  const { message, deferred } = await asked.acknowledged();
  expect({ deferred, ...message }).toMatchObject({ deferred: false, ephemeral: true, content: BUSY });
  slow.resolve();
  await bot.close();
  expect(jobs.entries).toEqual([]);
  expect(asked.history).toHaveLength(1);
});

test("a queue that hangs is an answer at last", async () => {
  const discord = await discordForTest();
  await botForTest(discord, hang, { patience: { signMs: 10_000, endMs: 300 } });
  const asked = discord.user("Ada").slash("emotion", { clip });
  expect(await asked.acknowledged()).toMatchObject({ deferred: true });
  expect((await asked.edited()).content).toBe(BUSY);
});

test("a first sign that Discord takes late is not contradicted", async () => {
  const discord = await discordForTest();
  const { jobs, bot } = await botForTest(discord, undefined, { patience: HASTY });
  // Discord has it at the second try only, as a rate limit holds the first up for longer than patience lasts.
  discord.fail({ route: /callback$/, kind: 429, retryAfterSeconds: 0.2 });
  const asked = discord.user("Ada").slash("emotion", { clip });
  await asked.acknowledged();
  await bot.close();
  const isHeard = jobs.entries.length === 1;
  const [first] = asked.history;
  expect(first).toMatchObject({ kind: "acknowledged", deferred: isHeard });
});

test("a first sign whose receipt is lost is an answer all the same", async () => {
  const discord = await discordForTest();
  await botForTest(discord);
  discord.fail({ route: /callback$/, kind: "cut-after" });
  const asked = discord.user("Ada").slash("emotion", { clip });
  await asked.acknowledged();
  expect((await asked.edited()).content).toMatch(/reference: [2-9A-Z]{8}\.$/);
});

test.each([
  ["typed", 1],
  ["in a menu", 3],
])("a command that is gone is an answer (%s)", async (_how, type) => {
  const discord = await discordForTest();
  await botForTest(discord);
  const rest = new REST({ api: discord.api }).setToken(discord.token);
  const body = { type, name: "old", ...(type === 1 ? { description: "From before" } : {}) };
  await rest.post(Routes.applicationCommands(APPLICATION_ID), { body });
  const ada = discord.user("Ada");
  const asked = type === 1 ? ada.slash("old") : ada.readMessage("old", ada.post({ content: "hi" }));
  expect((await asked.answered()).content).toContain("no longer has this command");
});
