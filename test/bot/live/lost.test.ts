/** What a killed bot leaves behind, and that the next one tidies it up. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { UNHEARD } from "../../../src/ser/index.ts";
import { openStore } from "../../../src/store/index.ts";
import { GUILD_ID } from "../../discord/index.ts";
import { startChild } from "../../support/child.ts";
import { query } from "../../support/postgres.ts";
import { temporaryFolder } from "../../support/temporary.ts";
import { voiceOf } from "../../support/voice-of.ts";
import { botForTest, createDatabase } from "../start.ts";
import { textOf, voiceDiscord } from "./live-bot.ts";

test("a killed bot's session is ended by the next one, with all that it knew of voices, and the channel is told", async () => {
  const discord = await voiceDiscord();
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const certificate = join(folder.path, "certificate.pem");
  await writeFile(certificate, discord.voice.certificate);
  vi.stubEnv("NODE_EXTRA_CA_CERTS", certificate);
  const connectionString = await createDatabase();
  const { token, api } = discord;
  const child = startChild(join(import.meta.dirname, "bot-child.ts"), [
    JSON.stringify({ connectionString, token, api }),
  ]);
  onTestFinished(() => child.kill());
  expect(await child.next()).toBe("ready");
  const store = await openStore(connectionString);
  onTestFinished(() => store.close());

  const ada = discord.user("Ada");
  await ada.voice.join();
  await ada.slash("mood start").edited();
  const [notice, readout] = discord.sent.entries;
  if (!notice || !readout) throw new Error("Nothing was said.");
  await ada.press(notice, "Include me").answered();
  const [session] = await store.live.running(GUILD_ID);
  const known = { utterances: 1, mean: [1], squares: [0] };
  await store.live.keepStatistics(session?.id ?? "", ada.id, UNHEARD, known);
  expect(await voiceOf(store, session?.id ?? "", ada.id)).toEqual(known);
  await child.kill();
  expect(discord.botNick).toBe("🔴 Timbre");

  const { bot } = await botForTest(discord, undefined, { store });
  expect(await store.live.find(session?.id ?? "")).toMatchObject({ endReason: "lost" });
  expect(await query(connectionString, "select * from live_speakers")).toEqual([]);
  expect(discord.sent.entries.at(-1)?.content).toContain("Timbre broke down while it was listening here");
  const ended = discord.edits.entries.at(-1);
  expect(ended).toMatchObject({ id: readout.id, components: [] });
  expect(ended && textOf(ended)).toContain("no longer live");
  expect(discord.botNick).toBeNull();
  // Its buttons still say what became of it.
  expect((await ada.press(notice, "Include me").answered()).content).toContain("This live session is over");
  await bot.close();
});
