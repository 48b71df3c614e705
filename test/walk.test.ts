/** A clip's whole way: from /emotion through bot, queue, worker, model, database and back, at a local Discord. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { run } from "../src/main.ts";
import { CHANNEL_ID, type LocalDiscord, type SeenMessage, startLocalDiscord } from "./discord/index.ts";
import { startTestPostgres } from "./support/postgres.ts";
import { HAS_REDIS, startTestRedis } from "./support/redis.ts";
import { openTcpDoor } from "./support/tcp-door.ts";
import { temporaryFolder } from "./support/temporary.ts";

const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** What is needed to run Timbre at a local Discord. */
function configAt(discord: LocalDiscord, more: Record<string, string>) {
  return readConfig({
    TIMBRE_FETCH_HOSTS: discord.cdnHost,
    DISCORD_TOKEN: discord.token,
    DISCORD_API: discord.api,
    LOG_LEVEL: "warn",
    ...more,
  });
}

/** Everything in one process, with the embedded PostgreSQL. */
async function startTogether(discord: LocalDiscord, opened: AsyncDisposableStack): Promise<void> {
  const folder = temporaryFolder();
  opened.defer(() => folder.remove());
  const config = configAt(discord, { TIMBRE_DATA: join(folder.path, "data") });
  const timbre = await run(config, new Set(["bot", "worker"]));
  opened.defer(() => timbre.close());
}

/** Bot and worker started apart, with a PostgreSQL elsewhere and, where there is one, Redis. */
async function startApart(discord: LocalDiscord, opened: AsyncDisposableStack): Promise<void> {
  const postgres = await startTestPostgres();
  opened.defer(() => postgres.stop());
  const door = await openTcpDoor(await postgres.createDatabase());
  opened.defer(() => door.close());
  const redis = HAS_REDIS ? await startTestRedis() : undefined;
  opened.defer(() => redis?.stop());
  const config = configAt(discord, { DATABASE_URL: door.url, ...(redis ? { REDIS_URL: redis.url } : {}) });
  for (const role of ["bot", "worker"] as const) {
    const timbre = await run({ ...config, dataDir: "/nowhere" }, new Set([role]));
    opened.defer(() => timbre.close());
  }
}

describe.each([
  ["in one process", startTogether],
  ["in two, with DATABASE_URL and REDIS_URL", startApart],
])("bot and worker %s", (_how, start) => {
  const opened = new AsyncDisposableStack();
  let discord: LocalDiscord;

  beforeAll(async () => {
    discord = await startLocalDiscord({ messageContent: true });
    opened.defer(() => discord.close());
    await start(discord, opened);
    await discord.registered("emotion");
  });

  afterAll(() => opened.disposeAsync());

  test("a recording is answered with its emotion, how sure that is, and a picture", async () => {
    const bytes = await readFile(join(import.meta.dirname, "fixtures", "voice.ogg"));
    const conversation = discord.user("Ada").slash("emotion", { clip: { name: "voice.ogg", bytes } });
    await conversation.acknowledged();
    const answer = await conversation.edited();
    const [embed] = answer.embeds;
    expect(embed?.title).toMatch(/\p{Emoji}.*\d+ ?%/u);
    expect(embed?.fields).toBeUndefined();
    expect(embed?.footer?.text).toContain("timbre");
    const [picture] = answer.attachments;
    expect(Buffer.from(picture?.bytes ?? []).subarray(0, PNG.length)).toEqual(PNG);
    expect(picture?.description).toMatch(/happiness \d+%/);
    const [details] = (await discord.user("Ada").press(answer, "Details").answered()).embeds;
    expect(details?.fields?.map(({ name }) => name)).toEqual(expect.arrayContaining(["Emotions", "Pitch", "Model"]));
    expect(details?.fields?.find(({ name }) => name === "Emotions")?.value.split("\n")).toHaveLength(7);
  });

  test("both videos of a message are read, one after the other, each in an answer of its own", async () => {
    const names = ["speech-video.mp4", "speech-video.webm"];
    const files = await Promise.all(
      names.map(async (name) => ({ name, bytes: await readFile(join(import.meta.dirname, "fixtures", name)) })),
    );
    const message = discord.user("Bert").post({ files });
    const conversation = discord.user("Ada").readMessage("Read emotion", message);
    const isFinal = ({ kind, message }: { kind: string; message?: SeenMessage }) =>
      kind === "edited" && message?.components.length === 1;
    const finals = () => conversation.history.filter(isFinal);
    await conversation.find(() => finals().length === names.length, "both answers");
    const edits = conversation.history.flatMap((event) => (event.kind === "edited" ? [event.message] : []));
    expect(edits.map(({ content }) => content)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("In line"),
        expect.stringContaining("listening to `speech-video.webm`"),
      ]),
    );
    expect(new Set(finals().map((event) => (event.kind === "edited" ? event.message.id : ""))).size).toBe(2);
    // The answer is the last word: nothing came after it in either message.
    for (const { id } of edits) expect(edits.findLast((each) => each.id === id)?.components).toHaveLength(1);
  });

  test("in a chosen channel, a voice message of somebody who wants that gets its emotion as a reaction, or as a reply", async () => {
    const [cleo, bytes] = [discord.user("Cleo"), await readFile(join(import.meta.dirname, "fixtures", "voice.ogg"))];
    const clip = { files: [{ name: "voice-message.ogg", bytes }], voice: true };
    const privacy = await cleo.slash("privacy").answered();
    await cleo.press(privacy, "Allow live analysis").answered();
    await cleo.slash("settings automatic", { channel: CHANNEL_ID, answer: "reaction" }).answered();
    const first = cleo.post(clip);
    const { messageId, emoji } = await discord.reactions.find(() => true, "a reaction");
    expect([messageId, emoji]).toEqual([first.id, expect.stringMatching(/\p{Emoji}/u)]);
    await cleo.slash("settings automatic", { channel: CHANNEL_ID, answer: "reply" }).answered();
    const second = cleo.post(clip);
    const reply = await discord.sent.find(({ replyTo }) => replyTo === second.id, "a reply");
    expect(reply.embeds[0]?.title).toMatch(/\d+%/);
    expect((await cleo.press(reply, "Details").answered()).embeds).toHaveLength(1);
  });

  test("a connection that is cut while a clip is heard loses neither its answer nor the next command", async () => {
    const bytes = await readFile(join(import.meta.dirname, "fixtures", "voice.ogg"));
    const first = discord.user("Ada").slash("emotion", { clip: { name: "voice.ogg", bytes } });
    await first.acknowledged();
    discord.dropGateway("cut");
    const second = discord.user("Bert").slash("emotion", { clip: { name: "voice.ogg", bytes } });
    for (const asked of [first, second]) expect((await asked.edited()).embeds[0]?.title).toMatch(/\d+ ?%/);
  });

  test("an answer that Discord wants later, or stumbles over, still comes once", async () => {
    const bytes = await readFile(join(import.meta.dirname, "fixtures", "voice.ogg"));
    const route = /^PATCH .*@original$/;
    for (const kind of [429, 500] as const) {
      discord.fail({ route, kind });
      const asked = discord.user("Ada").slash("emotion", { clip: { name: "voice.ogg", bytes } });
      expect((await asked.edited()).embeds[0]?.title).toMatch(/\d+ ?%/);
      const edits = discord.requests.entries.filter(
        ({ method, path }) => method === "PATCH" && path.includes(asked.id),
      );
      expect(edits.map(({ status }) => status)).toEqual([kind, 200]);
    }
  });

  test("a file that isn't audio is answered with what to do, in the language of who asked", async () => {
    const file = { name: "voice.ogg", bytes: Buffer.from("Sehr geehrte Damen und Herren"), contentType: "audio/ogg" };
    const conversation = discord.user("Bert").slash("emotion", { clip: file }, { locale: "de" });
    await conversation.acknowledged();
    expect((await conversation.edited()).content).toContain("keine Audiodatei");
  });

  test("what is kept is shown to its subject, deleted by them, and not kept where the server keeps nothing", async () => {
    const bytes = await readFile(join(import.meta.dirname, "fixtures", "voice.ogg"));
    const eve = discord.user("Eve");
    const message = eve.post({ files: [{ name: "voice.ogg", bytes }], voice: true });
    const read = async () => (await discord.user("Dan").readMessage("Read emotion", message).edited()).embeds[0]?.title;
    const kept = async () => (await eve.slash("privacy").answered()).content;

    expect(await read()).toMatch(/\d+ ?%/);
    expect(await kept()).toContain("as figures): 1,");
    const panel = await eve.slash("privacy").answered();
    await eve.press(panel, "Delete all").answered();
    await eve.press(panel, "Yes, delete").answered();
    expect(await kept()).toContain("Readings of your voice: none.");

    await discord.user("Ada").slash("settings retention", { days: 0 }).answered();
    expect(await read()).toMatch(/\d+ ?%/);
    expect(await kept()).toContain("Readings of your voice: none.");
  });
});
