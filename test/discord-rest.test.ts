import { Routes } from "discord.js";
import { expect, onTestFinished, test, vi } from "vitest";
import { discordRest } from "../src/discord-rest.ts";
import { APPLICATION_ID, startLocalDiscord } from "./discord/index.ts";

test("a clock that is set back by an hour holds up no requests", async () => {
  const discord = await startLocalDiscord();
  onTestFinished(() => discord.close());
  vi.useFakeTimers({ toFake: ["Date"], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  const rest = discordRest(discord.api, discord.token);
  for (let i = 0; i < 60; i++) {
    if (i === 1) vi.setSystemTime(Date.now() - 3_600_000);
    await rest.get(Routes.applicationCommands(APPLICATION_ID));
  }
  expect(discord.requests.entries).toHaveLength(60);
});
