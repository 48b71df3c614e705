import { expect, test } from "vitest";
import { LANGUAGES } from "../../src/i18n/index.ts";
import { botForTest, discordForTest, storeForTest } from "./start.ts";

const clip = { name: "hello.ogg", bytes: new Uint8Array([79, 103, 103, 83]) };
const NOW = new Date("2026-05-01T12:00:00Z");

async function limitedBot(limits: { perPerson: number; perServer: number }) {
  const discord = await discordForTest();
  const store = await storeForTest({ now: () => NOW });
  return { discord, ...(await botForTest(discord, undefined, { limits, store })) };
}

test.each(Object.entries(LANGUAGES))("a person who asks too often is told until when (%s)", async (code, texts) => {
  const { discord, jobs } = await limitedBot({ perPerson: 2, perServer: 100 });
  const locale = { en: "en-GB", es: "es-ES", pt: "pt-BR" }[code] ?? code;
  const ada = discord.user("Ada");
  for (let count = 0; count < 2; count++) await ada.slash("emotion", { clip }, { locale }).acknowledged();
  // Two in ten minutes: the next is free in five.
  const free = `<t:${NOW.getTime() / 1000 + 300}:R>`;
  expect(await ada.slash("emotion", { clip }, { locale }).acknowledged()).toMatchObject({
    deferred: false,
    message: { ephemeral: true, content: texts["error.too-often-person"].replace("{{when}}", free) },
  });
  await discord.user("Bert").slash("emotion", { clip }).acknowledged();
  await jobs.find(() => jobs.entries.length === 3, "three jobs");
});

test("a server that asks too often is told so; direct messages don't count for it", async () => {
  const { discord } = await limitedBot({ perPerson: 100, perServer: 1 });
  await discord.user("Ada").slash("emotion", { clip }).acknowledged();
  const { message } = await discord.user("Bert").slash("emotion", { clip }).acknowledged();
  expect(message.content).toMatch(/^This server has asked .*<t:\d+:R>\.$/);
  expect(await discord.user("Bert").slash("emotion", { clip }, { dm: true }).acknowledged()).toMatchObject({
    deferred: true,
  });
});
