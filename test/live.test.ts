/** A voice channel's whole way: from what people say through bot, queue, worker, model and database to the readout, at a local Discord. */

import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { run } from "../src/main.ts";
import {
  APPLICATION_ID,
  type LocalDiscord,
  OTHER_VOICE_CHANNEL_ID,
  type SeenMessage,
  startLocalDiscord,
  VOICE_CHANNEL_ID,
} from "./discord/index.ts";
import { query, startTestPostgres, type TestPostgres } from "./support/postgres.ts";

const VOICE = "test/fixtures/voice.ogg";
const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
/** Faster than life, so that the test doesn't last as long as it. */
const FAST = { packetMs: 5 };
const UTTERANCE = { count: 100, ...FAST };

const opened = new AsyncDisposableStack();
let discord: LocalDiscord;
let postgres: TestPostgres;
let address: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
  opened.defer(() => postgres.stop());
  address = await postgres.createDatabase();
  discord = await startLocalDiscord();
  opened.defer(() => discord.close());
  const config = readConfig({
    ...{ DATABASE_URL: address, DISCORD_TOKEN: discord.token, DISCORD_API: discord.api, LOG_LEVEL: "warn" },
    // It hears each voice by its own measure.
    TIMBRE_MODEL: join(import.meta.dirname, "fixtures", "adapting-model"),
  });
  const timbre = await run(config, new Set(["bot", "worker"]));
  opened.defer(() => timbre.close());
  await discord.registered("mood");
});

afterAll(() => opened.disposeAsync());

const isReadout = ({ embeds }: SeenMessage) => embeds[0]?.title?.includes("live") ?? false;
const textOf = ({ embeds }: SeenMessage) => embeds[0]?.description ?? "";
const fateOf = (what: string) => query(address, what);

test("two people are heard as they wish, seen in the readout, and remembered in the summary", async () => {
  const [ada, bert] = [discord.user("Ada"), discord.user("Bert")];
  await Promise.all([ada.voice.join(), bert.voice.join()]);

  const started = await ada.slash("mood start", { "half-life": 30 }).edited();
  expect(started).toMatchObject({ ephemeral: true, content: expect.stringContaining(`<#${VOICE_CHANNEL_ID}>`) });
  const [notice, readout] = discord.sent.entries;
  if (!notice || !readout) throw new Error("Nothing was said.");
  expect(notice).toMatchObject({ channelId: VOICE_CHANNEL_ID, mentions: expect.arrayContaining(["Ada", "Bert"]) });
  expect(notice.content).toContain("Timbre is listening");
  expect(isReadout(readout)).toBe(true);
  expect(textOf(readout)).toContain("Nobody takes part");
  expect(discord.botNick).toBe("🔴 Timbre");

  await discord.voice.encrypted([APPLICATION_ID, ada.id, bert.id]);
  const included = await ada.press(notice, "Include me").answered();
  expect(included).toMatchObject({ ephemeral: true, content: expect.stringContaining("You take part now") });
  await discord.edits.find((each) => textOf(each).includes(`<@${ada.id}>`), "Ada in the readout");

  // Bert speaks as well, long enough that it would have been an utterance, and isn't heard.
  await Promise.all([ada.voice.speak(VOICE, UTTERANCE), bert.voice.speak(VOICE, { ...UTTERANCE, packetMs: 10 })]);
  const heard = await discord.edits.find((each) => /<@\d+> .*\d+%/u.test(textOf(each)), "Ada's mood");
  expect(textOf(heard)).toMatch(/^\*\*.*\d+%.*\*\*/u);
  expect(textOf(heard)).not.toContain(bert.id);
  expect(await fateOf("select subject_id, source, status, channel_id from clips")).toEqual([
    { subject_id: ada.id, source: "live", status: "done", channel_id: VOICE_CHANNEL_ID },
  ]);
  await expect
    .poll(() => fateOf("select (statistics ->> 'utterances')::int as n from live_speakers"))
    .toEqual([{ n: 1 }]);

  await bert.press(readout, "Include me").answered();
  await discord.edits.find((each) => textOf(each).includes(bert.id), "Bert in the readout");
  await bert.voice.speak(VOICE, { from: 100, ...UTTERANCE });
  await discord.edits.find((each) => new RegExp(`<@${bert.id}> .*%`, "u").test(textOf(each)), "Bert's mood");

  const left = await ada.press(readout, "Leave me out").answered();
  expect(left.content).toContain("doesn't hear you any more");
  expect(await fateOf(`select included, statistics from live_speakers where user_id = '${ada.id}'`)).toEqual([
    { included: false, statistics: null },
  ]);
  await ada.voice.speak(VOICE, UTTERANCE);
  await bert.voice.speak(VOICE, UTTERANCE);
  await expect.poll(() => fateOf("select count(*)::int as n from clips"), { timeout: 20_000 }).toEqual([{ n: 3 }]);
  expect(await fateOf(`select count(*)::int as n from clips where subject_id = '${ada.id}'`)).toEqual([{ n: 1 }]);

  const status = await bert.slash("mood status").edited();
  expect(status.content).toMatch(/\d+% of what was said arrived/);
  expect(status.content).toContain("Utterances handed on to be read: 3.");
  expect(status.content).toMatch(/Dropped: no consent \(\d/);

  await ada.slash("mood stop").edited();
  const summary = discord.sent.entries.at(-1);
  expect(summary?.content).toContain("The live mode was ended");
  expect(summary?.embeds[0]?.title).toContain("The mood in Stage door");
  expect(summary?.embeds[0]?.description).toContain(bert.id);
  expect(summary?.embeds[0]?.description).not.toContain(ada.id);
  expect(Buffer.from(summary?.attachments[0]?.bytes ?? []).subarray(0, PNG.length)).toEqual(PNG);
  expect(discord.edits.entries.at(-1)).toMatchObject({
    components: [],
    embeds: [{ title: expect.stringContaining("no longer live") }],
  });
  expect(discord.botNick).toBeNull();
  await discord.voice.actions.find((each) => each.kind === "left" && each.userId === APPLICATION_ID, "the bot to go");
  expect(await fateOf("select * from live_speakers")).toEqual([]);
  expect(await fateOf("select * from utterances")).toEqual([]);
  expect(await fateOf("select end_reason, message_id from live_sessions")).toEqual([
    { end_reason: "stopped", message_id: readout.id },
  ]);
  await Promise.all([ada.voice.leave(), bert.voice.leave()]);
});

test("who allowed live analysis before takes part from the start, and leaves by /privacy", async () => {
  const cleo = discord.user("Cleo");
  await cleo.press(await cleo.slash("privacy").answered(), "Allow live analysis").answered();
  await cleo.voice.join(OTHER_VOICE_CHANNEL_ID);
  const before = discord.sent.entries.length;
  await cleo.slash("mood start").edited();
  expect(discord.sent.entries[before]?.content).toContain("you allowed live analysis");
  await discord.voice.encrypted([APPLICATION_ID, cleo.id], OTHER_VOICE_CHANNEL_ID);
  await discord.edits.find((each) => textOf(each).includes(cleo.id), "Cleo in the readout");
  await cleo.voice.speak(VOICE, UTTERANCE);
  await discord.edits.find((each) => new RegExp(`<@${cleo.id}> .*%`, "u").test(textOf(each)), "Cleo's mood");
  await cleo.press(await cleo.slash("privacy").answered(), "Stop live analysis").answered();
  const isWithout = (each: SeenMessage) => isReadout(each) && textOf(each).includes("Nobody takes part");
  await discord.edits.find(isWithout, "the readout without Cleo");
  await cleo.slash("mood stop").edited();
});
