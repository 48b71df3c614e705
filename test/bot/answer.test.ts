import { PermissionFlagsBits } from "discord.js";
import { expect, test } from "vitest";
import { translator } from "../../src/i18n/index.ts";
import type { Attribution } from "../../src/jobs/clip-job.ts";
import { answerButtons } from "../../src/views/index.ts";
import { APPLICATION_ID, CHANNEL_ID, GROUP_CHANNEL_ID, GUILD_ID } from "../discord/index.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { botForTest, discordForTest, storeForTest } from "./start.ts";

const CLIP_ID = "interaction-1574903908776542209";
const NOTHING = String(PermissionFlagsBits.ViewChannel);
const clip = { name: "hello.ogg", bytes: new Uint8Array(4) };

/** Ada asked about Bert's voice; the answer stands there, made before this bot started. */
async function answered(locale = "en-US", isKept = true, channelId: string = CHANNEL_ID) {
  const discord = await discordForTest();
  const store = await storeForTest();
  const [ada, bert] = [discord.user("Ada"), discord.user("Bert")];
  const attribution: Attribution = { source: "menu", askerId: ada.id, subjectId: bert.id, guildId: GUILD_ID };
  if (isKept) {
    await store.clips.accept(CLIP_ID, attribution);
    await store.clips.saveReading(CLIP_ID, SAMPLE_READING);
  }
  const first = await botForTest(discord, undefined, { store });
  const asked = ada.slash("emotion", { clip }, { locale, channelId });
  const { job } = await first.jobs.find(() => true, "the job");
  await first.bot.close();
  const row = answerButtons({ clipId: CLIP_ID, ...attribution, isKept }, translator(locale));
  const token = job.reply.kind === "interaction" ? job.reply.token : "";
  await fetch(`${discord.api}/v10/webhooks/${APPLICATION_ID}/${token}/messages/@original`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ content: "happiness", components: [row] }),
  });
  const message = await asked.edited();
  const { bot, log } = await botForTest(discord, undefined, { store });
  return { discord, store, ada, bert, cleo: discord.user("Cleo"), message, bot, log };
}

test.each([
  ["en-US", "Details", "pleasant surprise", "What it can't do"],
  ["de", "Einzelheiten", "freudige Überraschung", "Was es nicht kann"],
])(
  "details are all scores, the voice, the model and its limits, for whoever asks (%s)",
  async (locale, name, label, limits) => {
    const { cleo, message } = await answered(locale);
    const { embeds, ephemeral } = await cleo.press(message, name, { locale }).answered();
    expect(ephemeral).toBe(true);
    const [embed] = embeds;
    expect(embed?.fields?.[0]?.value.split("\n")).toHaveLength(7);
    expect(embed?.fields?.[0]?.value).toContain(label);
    expect(embed?.fields?.map(({ name }) => name)).toContain(limits);
    expect(JSON.stringify(embed)).toContain("timbre 1");
  },
);

test.each(["asker", "subject", "moderator"])("the %s may delete an answer, and the reading with it", async (who) => {
  const { discord, store, message, ada, bert, cleo } = await answered();
  const person = { asker: ada, subject: bert, moderator: cleo }[who] ?? cleo;
  const permissions = who === "moderator" ? String(PermissionFlagsBits.ManageMessages) : NOTHING;
  const pressed = person.press(message, "Delete", { permissions });
  await pressed.find(({ kind }) => kind === "deleted", "the deletion");
  expect(await store.clips.find(CLIP_ID)).toMatchObject({ status: "forgotten", reading: null });
  expect(() => discord.user("Ada").press(message, "Details")).toThrow();
});

test.each([
  ["en-US", "Delete", "Only the person whose voice it is"],
  ["es-ES", "Borrar", "Solo pueden borrarlo"],
])("nobody else may (%s)", async (locale, name, sentence) => {
  const { store, message, cleo } = await answered(locale);
  const refused = await cleo.press(message, name, { locale, permissions: NOTHING }).answered();
  expect(refused).toMatchObject({ ephemeral: true, content: expect.stringContaining(sentence) });
  expect((await store.clips.find(CLIP_ID))?.status).toBe("done");
});

test("an answer whose reading isn't kept can be deleted, and has nothing else", async () => {
  const { message, ada, bert, cleo } = await answered("en-US", false);
  expect(() => ada.press(message, "Details")).toThrow("no button");
  expect(() => bert.press(message, "Wrong?")).toThrow("no button");
  expect((await cleo.press(message, "Delete", { permissions: NOTHING }).answered()).content).toContain(
    "Only the person",
  );
  await bert.press(message, "Delete", { permissions: NOTHING }).find(({ kind }) => kind === "deleted", "the deletion");
});

test("in a group the buttons work, too", async () => {
  const { message, ada, cleo } = await answered("en-US", true, GROUP_CHANNEL_ID);
  expect((await cleo.press(message, "Details").answered()).embeds).toHaveLength(1);
  expect((await cleo.press(message, "Delete").answered()).content).toContain("Only the person");
  await ada.press(message, "Delete").find(({ kind }) => kind === "deleted", "the deletion");
});

test.each([
  ["en-US", "Wrong?", "Yes, keep it", "never to train it", "What was it?", "sadness", "Timbre notes: sadness"],
  [
    "pt-BR",
    "Errado?",
    "Sim, pode guardar",
    "nunca para treiná-lo",
    "O que era?",
    "tristeza",
    "O Timbre anotou: tristeza",
  ],
])(
  "the subject is asked first, then says what it was (%s)",
  async (locale, wrong, yes, promise, which, label, thanks) => {
    const { store, message, bert } = await answered(locale);
    const question = await bert.press(message, wrong, { locale }).answered();
    expect(question).toMatchObject({ ephemeral: true, content: expect.stringContaining(promise) });
    expect(await store.corrections.find(CLIP_ID)).toBeUndefined();
    const choice = await bert.press(question, yes, { locale }).answered();
    expect(await store.corrections.find(CLIP_ID)).toBeUndefined();
    expect((await bert.choose(choice, which, [label], { locale }).answered()).content).toContain(thanks);
    expect(await store.corrections.find(CLIP_ID)).toMatchObject({ label: "sadness", subjectId: bert.id });
  },
);

test("the subject may say no, and nothing is kept", async () => {
  const { store, message, bert } = await answered();
  const question = await bert.press(message, "Wrong?").answered();
  expect(await bert.press(question, "No").answered()).toMatchObject({
    content: expect.stringContaining("nothing was kept"),
    components: [],
  });
  expect(await store.corrections.find(CLIP_ID)).toBeUndefined();
});

test.each([
  ["en-US", "Wrong?", "Only the person whose voice this is"],
  ["fr", "Faux ?", "Seule la personne dont c'est la voix"],
])("nobody else corrects, not even the asker, and is told so kindly (%s)", async (locale, name, sentence) => {
  const { message, ada } = await answered(locale);
  const refused = await ada.press(message, name, { locale }).answered();
  expect(refused).toMatchObject({ ephemeral: true, content: expect.stringContaining(sentence), components: [] });
});

test("what was deleted meanwhile has no details and can't be corrected", async () => {
  const { store, message, bert } = await answered();
  const question = await bert.press(message, "Wrong?").answered();
  const choice = await bert.press(question, "Yes, keep it").answered();
  await store.clips.forget(CLIP_ID);
  for (const pressed of [
    bert.press(message, "Details"),
    bert.press(message, "Wrong?"),
    bert.choose(choice, "What was it?", ["anger"]),
  ]) {
    expect(await pressed.answered()).toMatchObject({
      ephemeral: true,
      content: expect.stringContaining("deleted on request"),
    });
  }
});

test("buttons and selects of another version are answered", async () => {
  const { discord, ada } = await answered();
  const components = [
    { type: 1, components: [{ type: 2, style: 1, label: "Old", custom_id: "answer:juggle:1" }] },
    { type: 1, components: [{ type: 3, custom_id: "old:1", options: [{ label: "x", value: "x" }] }] },
  ];
  const sent = await fetch(`${discord.api}/v10/channels/${CHANNEL_ID}/messages`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bot ${discord.token}` },
    body: JSON.stringify({ content: "old", components }),
  });
  expect(sent.status).toBe(200);
  const message = await discord.sent.find(() => true, "the message");
  expect((await ada.press(message, "Old").answered()).content).toContain("no longer has this");
  expect((await ada.choose(message, "old:1", ["x"]).answered()).content).toContain("no longer has this");
});
