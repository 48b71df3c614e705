import { REST, Routes } from "discord.js";
import { expect, test } from "vitest";
import { z } from "zod";
import { APPLICATION_ID, CHANNEL_ID } from "../discord/index.ts";
import { botForTest, discordForTest } from "./start.ts";

const clip = { name: "clip.ogg", bytes: new Uint8Array(4) };

test("a wrong token is an error that says so", async () => {
  const discord = await discordForTest();
  await expect(botForTest({ ...discord, token: `${discord.token}x` })).rejects.toThrow(/token/i);
});

test("closing waits for the answer under way and takes no other command", async () => {
  const discord = await discordForTest();
  const { promise: queueFails, reject: failQueue } = Promise.withResolvers<void>();
  const { bot, jobs } = await botForTest(discord, () => queueFails);
  const first = discord.user("Ada").slash("emotion", { clip });
  await jobs.find(() => true, "a job");

  const closing = bot.close();
  discord.user("Ada").slash("emotion", { clip });
  // A bot that didn't wait would be gone long before it may send its answer again.
  discord.fail({ route: /^PATCH .*@original$/, kind: 429, retryAfterSeconds: 0.3 });
  failQueue(new Error("queue is down"));
  await closing;
  expect(first.history.map(({ kind }) => kind)).toEqual(["acknowledged", "edited"]);
  expect(jobs.entries).toHaveLength(1);
});

test("a command that this version no longer has is answered, whether typed or chosen in a menu", async () => {
  const discord = await discordForTest();
  await botForTest(discord);
  const rest = new REST({ api: discord.api }).setToken(discord.token);
  for (const body of [
    { name: "old", description: "From an older version" },
    { name: "old", type: 3 },
  ]) {
    await rest.post(Routes.applicationCommands(APPLICATION_ID), { body });
  }
  const ada = discord.user("Ada");
  for (const asked of [ada.slash("old"), ada.readMessage("old", ada.post({ content: "hi" }))]) {
    expect(await asked.answered()).toMatchObject({
      ephemeral: true,
      content: expect.stringContaining("no longer has this command"),
    });
  }
});

test("a select that an older version sent is answered when somebody chooses in it", async () => {
  const discord = await discordForTest();
  await botForTest(discord);
  const rest = new REST({ api: discord.api }).setToken(discord.token);
  const options = [{ label: "Loud", value: "loud" }];
  const components = [{ type: 1, components: [{ type: 3, custom_id: "mood:how", placeholder: "How?", options }] }];
  const sent = await rest.post(Routes.channelMessages(CHANNEL_ID), { body: { content: "Old", components } });
  const { id } = z.object({ id: z.string() }).parse(sent);
  expect(await discord.user("Ada").choose({ id }, "How?", ["Loud"]).answered()).toMatchObject({
    ephemeral: true,
    content: expect.stringContaining("no longer has this command"),
  });
});
