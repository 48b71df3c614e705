import { REST } from "discord.js";
import { expect, test } from "vitest";
import type { CommandDefinition, SlashDefinition } from "../../src/bot/commands/command.ts";
import { EMOTION_DEFINITION as emotion } from "../../src/bot/commands/emotion.ts";
import { READ_MESSAGE_DEFINITION as read } from "../../src/bot/commands/read-message.ts";
import { registerCommands } from "../../src/bot/registrar.ts";
import { APPLICATION_ID, type LocalDiscord } from "../discord/index.ts";
import { botForTest, discordForTest } from "./start.ts";

function registerAt(discord: LocalDiscord, ...definitions: CommandDefinition[]) {
  const rest = new REST({ api: discord.api }).setToken(discord.token);
  return registerCommands(rest, APPLICATION_ID, definitions);
}

function writes(discord: LocalDiscord) {
  return discord.requests.entries.filter(({ method }) => method !== "GET");
}

test("the first start registers the commands, for guilds and for users", async () => {
  const discord = await discordForTest();
  await botForTest(discord);
  expect(writes(discord).map(({ method, status }) => [method, status])).toEqual(Array(5).fill(["POST", 201]));
  expect(discord.commands).toMatchObject([
    {
      name: "emotion",
      integration_types: [0, 1],
      contexts: [0, 1, 2],
      description_localizations: { de: expect.stringContaining("Gefühl") },
      options: [
        { name: "clip", type: 11, name_localizations: { de: "aufnahme" } },
        { name: "link", type: 3 },
        { name: "private", type: 5, name_localizations: { de: "privat" } },
      ],
    },
    {
      name: "mood",
      integration_types: [0],
      contexts: [0],
      name_localizations: { de: "stimmung" },
      options: [{ name: "start", type: 1 }, { name: "stop" }, { name: "status" }],
    },
    {
      name: "privacy",
      integration_types: [0, 1],
      contexts: [0, 1, 2],
      name_localizations: { pl: "prywatnosc" },
    },
    {
      name: "settings",
      integration_types: [0],
      contexts: [0],
      // Manage Server
      default_member_permissions: "32",
      name_localizations: { "pt-BR": "configuracoes" },
    },
    {
      name: "Read emotion",
      type: 3,
      integration_types: [0, 1],
      contexts: [0, 1, 2],
      name_localizations: { de: "Emotion lesen" },
    },
  ]);
});

test("a second start writes nothing", async () => {
  const discord = await discordForTest();
  const { bot } = await botForTest(discord);
  await bot.close();
  await botForTest(discord);
  expect(writes(discord)).toHaveLength(5);
});

test("a changed description is one PATCH that keeps the id", async () => {
  const discord = await discordForTest();
  await registerAt(discord, { ...emotion, description: "As it was called before" });
  const [before] = discord.commands;
  const registration = await registerAt(discord, emotion);
  expect(registration).toEqual({ added: [], changed: ["emotion"], removed: [] });
  expect(writes(discord).map(({ method }) => method)).toEqual(["POST", "PATCH"]);
  expect(discord.commands).toMatchObject([{ id: before?.id, description: emotion.description }]);
});

test.each<[string, Partial<SlashDefinition>]>([
  ["a translation", { description_localizations: { fr: "Entendre l'émotion" } }],
  ["permissions", { default_member_permissions: "0" }],
  ["contexts", { contexts: [0] }],
  ["an age limit", { nsfw: true }],
])("%s that is no longer wanted is undone", async (_what, extra) => {
  const discord = await discordForTest();
  const plain: CommandDefinition = { name: "plain", description: "Nothing special" };
  await registerAt(discord, { ...plain, ...extra });
  expect(await registerAt(discord, plain)).toMatchObject({ changed: ["plain"] });
  expect(await registerAt(discord, plain)).toEqual({ added: [], changed: [], removed: [] });
});

test("options that are no longer wanted are removed, and so are commands", async () => {
  const discord = await discordForTest();
  const { options: _options, ...bare } = emotion;
  await registerAt(discord, emotion, { name: "old", description: "Not wanted any more" });
  expect(await registerAt(discord, bare)).toEqual({ added: [], changed: ["emotion"], removed: ["old"] });
  expect(await registerAt(discord, bare)).toEqual({ added: [], changed: [], removed: [] });
  expect(discord.commands).toHaveLength(1);
});

test("a menu command is changed as one, and its namesake that is typed is another", async () => {
  const discord = await discordForTest();
  const typed = { name: "read", description: "Typed" };
  const menu = { ...read, name: "read" };
  await registerAt(discord, typed, { ...menu, contexts: [0], default_member_permissions: "0" });
  expect(await registerAt(discord, typed, menu)).toEqual({ added: [], changed: ["read"], removed: [] });
  expect(await registerAt(discord, typed, menu)).toEqual({ added: [], changed: [], removed: [] });
  expect(discord.commands).toMatchObject([
    { type: 1, description: "Typed" },
    { type: 3, contexts: [0, 1, 2], default_member_permissions: null },
  ]);
  expect(await registerAt(discord, typed)).toEqual({ added: [], changed: [], removed: ["read"] });
});

test("a bot whose commands can't be registered runs all the same", async () => {
  const discord = await discordForTest();
  discord.fail({ route: /^GET .*\/commands$/, kind: 500, times: 10 });
  const { log } = await botForTest(discord);
  expect(log.entries.join()).toContain("commands couldn't be registered");
});
