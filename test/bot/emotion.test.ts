import { expect, test } from "vitest";
import { clipJob } from "../../src/jobs/clip-job.ts";
import { APPLICATION_ID, CHANNEL_ID, DM_CHANNEL_ID, GUILD_ID, handClock } from "../discord/index.ts";
import { botForTest, discordForTest, MAX_BYTES } from "./start.ts";

const clip = { name: "hello.ogg", bytes: new Uint8Array([79, 103, 103, 83]), contentType: "audio/ogg" };
const large = { ...clip, bytes: new Uint8Array(MAX_BYTES + 1) };

test.each([
  ["en-US", false],
  ["de", false],
  ["de", true],
])("defers at once and hands over the clip (%s, direct messages: %s)", async (locale, dm) => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  const asked = discord.user("Ada").slash("emotion", { clip }, { locale, dm });
  expect(await asked.acknowledged()).toMatchObject({ deferred: true, message: { ephemeral: false } });

  const { id, job } = await jobs.find(() => true, "a job");
  expect(id).toBe(`interaction-${asked.id}`);
  expect(clipJob.parse(job)).toEqual({
    version: 1,
    trace: expect.stringMatching(/^interaction-\d+$/),
    source: { kind: "url", url: asked.attachments[0]?.url },
    reply: {
      kind: "interaction",
      applicationId: APPLICATION_ID,
      token: expect.any(String),
      locale,
      isPrivate: false,
      showsProgress: false,
    },
    filename: clip.name,
    attribution: {
      source: "command",
      subjectId: discord.user("Ada").id,
      askerId: discord.user("Ada").id,
      channelId: dm ? DM_CHANNEL_ID : CHANNEL_ID,
      attachmentId: asked.attachments[0]?.id,
      ...(dm ? {} : { guildId: GUILD_ID }),
    },
  });
  const webhook = `${discord.api}/v10/webhooks/${APPLICATION_ID}/${tokenOf(job)}/messages/@original`;
  const edit = { method: "PATCH", headers: { "content-type": "application/json" }, body: '{"content":"Happy"}' };
  expect((await fetch(webhook, edit)).status).toBe(200);
  expect(await asked.edited()).toMatchObject({ content: "Happy" });
});

function tokenOf({ reply }: { reply: { kind: string; token?: string } }): string | undefined {
  return reply.token;
}

test.each([
  ["en-GB", "This file is larger than 0.5 MiB. Send a smaller one."],
  ["de", "Diese Datei ist größer als 0.5 MiB. Schick eine kleinere."],
])("refuses a file that is too large, to the asker only (%s)", async (locale, sentence) => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  const asked = discord.user("Ada").slash("emotion", { clip: large }, { locale });
  expect(await asked.acknowledged()).toMatchObject({
    deferred: false,
    message: { content: sentence, ephemeral: true },
  });
  expect(jobs.entries).toEqual([]);
});

test("takes a file of exactly the limit", async () => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  discord.user("Ada").slash("emotion", { clip: { ...clip, bytes: new Uint8Array(MAX_BYTES) } });
  await jobs.find(() => true, "a job");
});

test.each([
  ["en-US", "Timbre is too busy just now. Please try again in a moment."],
  ["de", /^Timbre ist gerade zu beschäftigt/],
])("says so when the queue fails, and logs why (%s)", async (locale, sentence) => {
  const discord = await discordForTest();
  const { log } = await botForTest(discord, () => Promise.reject(new Error("queue is down")));
  const asked = discord.user("Ada").slash("emotion", { clip }, { locale });
  expect((await asked.edited()).content).toMatch(sentence);
  expect(log.entries.join()).toContain("queue is down");
});

test("an acknowledgement that comes too late is logged without tokens, and the bot goes on", async () => {
  const clock = handClock();
  const discord = await discordForTest({ clock });
  const { log, jobs } = await botForTest(discord);
  const late = discord.user("Ada").slash("emotion", { clip });
  clock.advance(3000);
  await expect(late.acknowledged()).rejects.toThrow("did not respond");
  await log.find((line) => line.includes("person couldn't be told"), "the log line");
  expect(log.entries.join()).toContain("Unknown interaction");
  expect(log.entries.join()).not.toContain(`interaction-${late.id}-token`);
  expect(jobs.entries).toEqual([]);

  await discord.user("Ada").slash("emotion", { clip }).acknowledged();
});

test("a command sent while the connection is cut is answered after it is mended", async () => {
  const discord = await discordForTest();
  const { jobs } = await botForTest(discord);
  discord.dropGateway("cut");
  const asked = discord.user("Ada").slash("emotion", { clip });
  await asked.acknowledged();
  await jobs.find(() => true, "a job");
  expect(discord.gatewayActions.entries).toEqual(["identified", "resumed"]);
});
