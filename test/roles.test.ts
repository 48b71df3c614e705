/** What a signal does to roles that have their hands full. */

import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openClipQueue } from "../src/jobs/queue.ts";
import { openStore } from "../src/store/index.ts";
import { startLocalDiscord } from "./discord/index.ts";
import { startAnswerEdge } from "./support/answer-edge.ts";
import { startTestServer } from "./support/http-server.ts";
import { startTestPostgres } from "./support/postgres.ts";
import { temporaryFolder } from "./support/temporary.ts";
import { startTimbre } from "./support/timbre-process.ts";

const VOICE = readFile(join(import.meta.dirname, "fixtures", "voice.ogg"));

test("a worker that is told to stop under load finishes or returns its clips, and each is answered once", async () => {
  await using opened = new AsyncDisposableStack();
  const postgres = await startTestPostgres();
  opened.defer(() => postgres.stop());
  const connectionString = await postgres.createDatabase();
  const edge = await startAnswerEdge();
  opened.defer(() => edge.close());
  let isSlow = true;
  const hanging = Promise.withResolvers<void>();
  const attachments = await startTestServer(async (request, response) => {
    // The first worker never gets the end of one clip.
    if (isSlow && request.url === "/0") {
      response.write((await VOICE).subarray(0, 100));
      hanging.resolve();
    } else response.end(await VOICE);
  });
  opened.defer(() => attachments.close());
  const store = await openStore(connectionString);
  opened.defer(() => store.close());
  const queue = await openClipQueue({ kind: "postgres", connectionString });
  opened.defer(() => queue.close());
  const env = {
    DATABASE_URL: connectionString,
    DISCORD_API: edge.api,
    TIMBRE_FETCH_HOSTS: attachments.host,
  };
  const count = 12;
  for (let i = 0; i < count; i++) {
    await queue.enqueueClip(`clip-${i}`, {
      version: 1,
      source: { kind: "url", url: `${attachments.address}/${i}` },
      reply: { kind: "interaction", applicationId: "1", token: `t${i}`, locale: "en-GB" },
      filename: "voice.ogg",
    });
  }

  const first = startTimbre(["worker"], env);
  opened.defer(() => first.kill());
  await hanging.promise;
  await edge.accepted(2);
  // It stopped by itself: had it been too late, the code would be 1.
  expect(await first.stop()).toBe(0);
  expect(edge.edits.length).toBeLessThan(count);
  expect(await queue.state("clip-0")).toBe("waiting");

  isSlow = false;
  const second = startTimbre(["worker"], env);
  opened.defer(() => second.kill());
  await edge.accepted(count);
  expect(await second.stop()).toBe(0);
  expect(new Set(edge.edits.map(({ path }) => path)).size).toBe(count);
  expect(edge.edits).toHaveLength(count);
}, 120_000);

test("everything in one process stops in order, and its database with it", async () => {
  await using opened = new AsyncDisposableStack();
  const folder = temporaryFolder();
  opened.defer(() => folder.remove());
  await chmod(folder.path, 0o711);
  const discord = await startLocalDiscord();
  opened.defer(() => discord.close());
  const env = {
    TIMBRE_DATA: join(folder.path, "data"),
    TIMBRE_PORT: "0",
    TIMBRE_FETCH_HOSTS: discord.cdnHost,
    DISCORD_TOKEN: discord.token,
    DISCORD_API: discord.api,
  };
  const timbre = startTimbre(["all"], env);
  opened.defer(() => timbre.kill());
  await timbre.said.find((line) => line.includes("logged in"), "the bot to log in", 60_000);
  const ada = discord.user("Ada");
  const clip = { name: "voice.ogg", bytes: await VOICE };
  const asked = Array.from({ length: 3 }, () => ada.slash("emotion", { clip }));
  // Those that wait are told so first; their answer has an embed.
  const answer = (each: (typeof asked)[number]) =>
    each.find((event) => "message" in event && event.message.embeds.length === 1, "the answer");
  await Promise.race(asked.map(answer));
  expect(await timbre.stop()).toBe(0);
  expect(timbre.logged.entries.filter((line) => line.includes('"level":50'))).toEqual([]);

  const again = startTimbre(["all"], env);
  opened.defer(() => again.kill());
  await Promise.all(asked.map(answer));
  // Told in the middle of its start, it stops as well as later.
  await again.logged.find((line) => line.includes("status is served"), "the second start");
  expect(await again.stop()).toBe(0);
}, 120_000);

test("what a bot has accepted before it is killed is answered without it", async () => {
  await using opened = new AsyncDisposableStack();
  const postgres = await startTestPostgres();
  opened.defer(() => postgres.stop());
  const discord = await startLocalDiscord();
  opened.defer(() => discord.close());
  const env = {
    DATABASE_URL: await postgres.createDatabase(),
    DISCORD_TOKEN: discord.token,
    DISCORD_API: discord.api,
    TIMBRE_FETCH_HOSTS: discord.cdnHost,
  };
  const bot = startTimbre(["bot"], env);
  opened.defer(() => bot.kill());
  await bot.said.find((line) => line.includes("logged in"), "the bot to log in");
  const clip = { name: "voice.ogg", bytes: await VOICE };
  const asked = Array.from({ length: 4 }, () => discord.user("Ada").slash("emotion", { clip }));
  const accepted = () => bot.logged.entries.filter((line) => line.includes("clip is asked for")).length;
  await bot.logged.find(() => accepted() === asked.length, "all to be accepted");
  await bot.kill();
  const worker = startTimbre(["worker"], env);
  opened.defer(() => worker.kill());
  const isAnswer = (event: (typeof asked)[number]["history"][number]) =>
    "message" in event && event.message.embeds.length === 1;
  for (const each of asked) await each.find(isAnswer, "the answer");
  expect(await worker.stop()).toBe(0);
  for (const { history } of asked) expect(history.filter(isAnswer)).toHaveLength(1);
}, 120_000);
