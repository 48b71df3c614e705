import { ApplicationCommandType, Routes } from "discord.js";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { APPLICATION_ID, CHANNEL_ID, type LocalDiscordOptions } from "./index.ts";
import { CLIP, clientFor, ECHO, echo, localDiscord, withSampleBot } from "./sample-bot.ts";

const COMMANDS = Routes.applicationCommands(APPLICATION_ID);
const registered = z.looseObject({ id: z.string(), version: z.string(), name: z.string(), description: z.string() });

const listed = z.looseObject({ id: z.string(), content: z.string() });

/** REST alone, with the right token. */
async function rest(options: LocalDiscordOptions = {}) {
  const discord = await localDiscord(options);
  const { rest: client } = clientFor(discord);
  client.setToken(discord.token);
  const all = async (query = "") =>
    z.array(registered).parse(await client.get(COMMANDS, { query: new URLSearchParams(query) }));
  return { discord, client, all };
}

describe("REST", () => {
  it("wants the bot's token", async () => {
    const { discord, client } = await rest();
    expect(await client.get(Routes.user())).toMatchObject({ id: APPLICATION_ID, bot: true });
    expect(await client.get(Routes.currentApplication())).toMatchObject({ id: APPLICATION_ID });
    client.setToken("wrong.to.ken");
    await expect(client.get(Routes.user())).rejects.toMatchObject({ status: 401 });
    expect((await fetch(`${discord.api}/v10/users/@me`)).status).toBe(401);
  });

  it("refuses addresses that it doesn't know, and remembers them", async () => {
    const { discord, client } = await rest();
    await expect(client.get("/guilds/1/vanity-url")).rejects.toMatchObject({ code: 0, status: 404 });
    const [request] = discord.requests.entries;
    expect(request).toMatchObject({ method: "GET", path: "/guilds/1/vanity-url", status: 404 });
  });

  it("refuses a body that isn't JSON", async () => {
    const { discord } = await rest();
    const headers = { authorization: `Bot ${discord.token}`, "content-type": "application/json" };
    const answer = await fetch(`${discord.api}/v10${COMMANDS}`, { method: "POST", headers, body: "{" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 50109 });
  });

  it("sends messages to channels that exist", async () => {
    const { client } = await rest();
    const body = { content: "hello" };
    expect(await client.post(Routes.channelMessages(CHANNEL_ID), { body })).toMatchObject({ content: "hello" });
    await expect(client.post(Routes.channelMessages("1"), { body })).rejects.toMatchObject({ code: 10003 });
  });

  it("lists a channel's messages, the latest first, and what people wrote only to whom may read it", async () => {
    for (const messageContent of [true, false]) {
      const { discord, client } = await rest({ messageContent });
      const ada = discord.user("Ada");
      const first = ada.post({ content: "first", files: [CLIP] });
      await client.post(Routes.channelMessages(CHANNEL_ID), { body: { content: "mine" } });
      const last = ada.post({ content: "last" });
      ada.post({ content: "whisper" }, { dm: true });
      const list = async (query: Record<string, string>) =>
        z
          .array(listed)
          .parse(await client.get(Routes.channelMessages(CHANNEL_ID), { query: new URLSearchParams(query) }));
      const words = (await list({ limit: "2" })).map(({ content }) => content);
      expect(words).toEqual([messageContent ? "last" : "", "mine"]);
      expect(await list({ before: last.id })).toMatchObject([
        { content: "mine" },
        { id: first.id, attachments: messageContent ? [{ filename: CLIP.name }] : [] },
      ]);
      await expect(list({ limit: "101" })).rejects.toMatchObject({ code: 50035 });
    }
  });

  it("refuses to list channels that it doesn't know or the bot can't see", async () => {
    const { discord, client } = await rest();
    await expect(client.get(Routes.channelMessages("1"))).rejects.toMatchObject({ code: 10003, status: 404 });
    discord.fail({ route: /^GET .*messages$/, kind: 403 });
    await expect(client.get(Routes.channelMessages(CHANNEL_ID))).rejects.toMatchObject({ code: 50001, status: 403 });
  });
});

describe("global commands", () => {
  it("are made with what Discord adds, and found again", async () => {
    const { discord, client, all } = await rest();
    const made = registered.parse(await client.post(COMMANDS, { body: ECHO }));
    expect(discord.requests.entries.at(-1)?.status).toBe(201);
    expect(made).toMatchObject({
      application_id: APPLICATION_ID,
      type: ApplicationCommandType.ChatInput,
      default_member_permissions: null,
      nsfw: false,
      options: [{ name: "clip", required: true }, { name: "words" }],
    });
    // Discord leaves out what is false, and the translations unless they are asked for.
    expect(made).not.toHaveProperty("options.1.required");
    expect(await all("with_localizations=true")).toEqual([made]);
    expect((await all())[0]).not.toHaveProperty("name_localizations");
  });

  it("keep their id and get a new version when they change", async () => {
    const { client, all } = await rest();
    const before = registered.parse(await client.post(COMMANDS, { body: ECHO }));
    const again = await client.post(COMMANDS, { body: { ...ECHO, description: "Says it twice" } });
    const [after] = await all();
    expect(after?.id).toBe(before.id);
    expect(BigInt(after?.version ?? 0)).toBeGreaterThan(BigInt(before.version));
    expect(again).toMatchObject({ description: "Says it twice" });
  });

  it("can be changed in part, replaced together, and deleted", async () => {
    const { client, all } = await rest();
    const { id } = registered.parse(await client.post(COMMANDS, { body: ECHO }));
    const patched = client.patch(`${COMMANDS}/${id}`, { body: { description: "Repeats" } });
    expect(await patched).toMatchObject({ name: "echo", description: "Repeats" });
    await client.put(COMMANDS, { body: [ECHO, { type: ApplicationCommandType.Message, name: "Read it" }] });
    expect((await all()).map(({ name }) => name)).toEqual(["echo", "Read it"]);
    expect((await all())[0]?.id).toBe(id);
    await client.delete(`${COMMANDS}/${id}`);
    expect((await all()).map(({ name }) => name)).toEqual(["Read it"]);
    await expect(client.delete(`${COMMANDS}/${id}`)).rejects.toMatchObject({ code: 10063, status: 404 });
  });

  it("may share a name if they are of two kinds; one in a menu has no description and no options", async () => {
    const { client, all } = await rest();
    const menu = { type: ApplicationCommandType.Message, name: ECHO.name };
    await client.post(COMMANDS, { body: ECHO });
    await client.post(COMMANDS, { body: menu });
    expect((await all()).map(({ description }) => description)).toEqual([ECHO.description, ""]);
    for (const wrong of [{ description: "Says it" }, { options: ECHO.options }]) {
      await expect(client.post(COMMANDS, { body: { ...menu, ...wrong } })).rejects.toMatchObject({ code: 50035 });
    }
  });

  it("are refused with the name of the field that is wrong", async () => {
    const { client, all } = await rest();
    const body = { ...ECHO, options: [{ ...ECHO.options?.[0], name: "Capital Letters" }] };
    await expect(client.post(COMMANDS, { body })).rejects.toThrow(/options\[0\]\.name/);
    expect(await all()).toEqual([]);
  });
});

describe("failures on demand", () => {
  it("are survived by discord.js: a rate limit, a server error", async () => {
    const { discord, bot } = await withSampleBot();
    for (const kind of [429, 500] as const) {
      const { conversation, interaction } = await echo({ discord, bot });
      await interaction.deferReply();
      discord.fail({ route: /^PATCH .*@original$/, kind });
      await interaction.editReply("at last");
      expect((await conversation.edited()).content).toBe("at last");
    }
    const statuses = discord.requests.entries.filter(({ method }) => method === "PATCH").map(({ status }) => status);
    expect(statuses).toEqual([429, 200, 500, 200]);
  });

  it("cut the wire before the request is handled, or after", async () => {
    const { discord } = await rest();
    const headers = { authorization: `Bot ${discord.token}`, "content-type": "application/json" };
    const send = (content: string) =>
      fetch(`${discord.api}/v10${COMMANDS}`, { method: "POST", headers, body: content });
    discord.fail({ route: /^POST .*commands$/, kind: "cut" });
    await expect(send(JSON.stringify(ECHO))).rejects.toThrow();
    expect(discord.commands).toHaveLength(0);
    discord.fail({ route: /^POST .*commands$/, kind: "cut-after" });
    await expect(send(JSON.stringify(ECHO))).rejects.toThrow();
    expect(discord.commands).toHaveLength(1);
  });
});
