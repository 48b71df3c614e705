import {
  ApplicationCommandType,
  AttachmentBuilder,
  EmbedBuilder,
  InteractionContextType,
  MessageFlags,
  Routes,
} from "discord.js";
import { describe, expect, it } from "vitest";
import { handClock } from "./index.ts";
import { CLIP, echo, nextCommand, nextMenuCommand, withSampleBot } from "./sample-bot.ts";

/** Every byte there is, a form's own separators among them. */
const AWKWARD = Buffer.concat([
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from("\r\n--x--\r\n"),
]);
const THREE_SECONDS_MS = 3000;
const QUARTER_HOUR_MS = 15 * 60 * 1000;

describe("a slash command", () => {
  it("reaches discord.js with its attachment, person and language", async () => {
    const { discord, bot } = await withSampleBot();
    const coming = nextCommand(bot);
    discord.user("Ada").slash("echo", { clip: CLIP, words: "and more" }, { locale: "de" });
    const interaction = await coming;
    const clip = interaction.options.getAttachment("clip", true);
    expect(clip).toMatchObject({ name: "hello.ogg", size: CLIP.bytes.length, contentType: "audio/ogg" });
    expect(Buffer.from(await (await fetch(clip.url)).arrayBuffer())).toEqual(CLIP.bytes);
    expect(interaction.options.getString("words")).toBe("and more");
    expect(interaction).toMatchObject({ locale: "de", user: { username: "Ada" }, guild: { name: "Choir" } });
  });

  it("works in direct messages", async () => {
    const { discord, bot } = await withSampleBot();
    const coming = nextCommand(bot);
    discord.user("Ada").slash("echo", { clip: CLIP }, { dm: true });
    const interaction = await coming;
    expect(interaction.inGuild()).toBe(false);
    expect(interaction.context).toBe(InteractionContextType.BotDM);
  });

  it("can only be sent as it is registered", async () => {
    const { discord } = await withSampleBot();
    const ada = discord.user("Ada");
    expect(() => ada.slash("shout", {})).toThrow("No command /shout");
    expect(() => ada.slash("echo", {})).toThrow("option clip is required");
    expect(() => ada.slash("echo", { clip: "words" })).toThrow("doesn't take");
    expect(() => ada.slash("echo", { clip: CLIP, volume: "11" })).toThrow("no option volume");
  });
});

describe("a command in the menu of messages", () => {
  it("reaches discord.js with the whole message, though the bot may not read it otherwise", async () => {
    const { discord, bot } = await withSampleBot();
    await bot.application.commands.create({ type: ApplicationCommandType.Message, name: "Echo it" });
    const message = discord.user("Bert").post({ files: [CLIP], voice: true });
    const coming = nextMenuCommand(bot);
    const conversation = discord.user("Ada").readMessage("Echo it", message, { locale: "de" });
    const interaction = await coming;
    expect(interaction).toMatchObject({ locale: "de", targetId: message.id, user: { username: "Ada" } });
    expect(interaction.targetMessage.flags.has(MessageFlags.IsVoiceMessage)).toBe(true);
    const clip = interaction.targetMessage.attachments.first();
    expect(clip).toMatchObject({ name: "hello.ogg", contentType: "audio/ogg", duration: 1.5 });
    expect(Buffer.from(await (await fetch(clip?.url ?? "")).arrayBuffer())).toEqual(CLIP.bytes);
    await interaction.reply("heard");
    expect((await conversation.answered()).content).toBe("heard");
  });

  it("works in direct messages, if it is registered for them", async () => {
    const { discord, bot } = await withSampleBot();
    const ada = discord.user("Ada");
    const message = ada.post({ content: "hi" }, { dm: true });
    expect(() => ada.readMessage("echo", message)).toThrow('No command "echo"');
    const menu = { type: ApplicationCommandType.Message, name: "echo" } as const;
    const guildOnly = await bot.application.commands.create({ ...menu, contexts: [InteractionContextType.Guild] });
    expect(() => ada.readMessage("echo", message)).toThrow("can't be used in direct messages");
    await guildOnly.delete();
    await bot.application.commands.create(menu);
    const coming = nextMenuCommand(bot);
    ada.readMessage("echo", message);
    expect(await coming).toMatchObject({ context: InteractionContextType.BotDM, targetMessage: { content: "hi" } });
  });

  it("is chosen on messages as Discord has them: a voice message has no words", async () => {
    const ada = (await withSampleBot()).discord.user("Ada");
    expect(() => ada.post({ content: "words", files: [CLIP], voice: true })).toThrow("one file and no words");
  });
});

describe("an answer", () => {
  it("can come at once, for the asker alone", async () => {
    const { conversation, interaction } = await echo(await withSampleBot());
    await interaction.reply({ content: "psst", flags: MessageFlags.Ephemeral });
    expect(await conversation.acknowledged()).toMatchObject({ deferred: false });
    expect(await conversation.answered()).toMatchObject({ content: "psst", ephemeral: true });
  });

  it("can be deferred; the edit's files keep their very bytes", async () => {
    const { conversation, interaction } = await echo(await withSampleBot());
    await interaction.deferReply();
    expect(await conversation.acknowledged()).toMatchObject({ deferred: true, message: { content: "" } });
    const file = new AttachmentBuilder(AWKWARD, { name: "a b#ü.bin", description: "all bytes" });
    const answer = await interaction.editReply({ content: "done", files: [file] });
    const seen = await conversation.edited();
    expect(seen).toMatchObject({ content: "done", attachments: [{ filename: "a b#ü.bin", description: "all bytes" }] });
    expect(Buffer.from(seen.attachments[0]?.bytes ?? [])).toEqual(AWKWARD);
    const sent = answer.attachments.first();
    expect(sent?.size).toBe(AWKWARD.length);
    expect(Buffer.from(await (await fetch(sent?.url ?? "")).arrayBuffer())).toEqual(AWKWARD);
    expect(conversation.history.map(({ kind }) => kind)).toEqual(["acknowledged", "edited"]);
  });

  it("shows a file in its embed rather than beside it", async () => {
    const { conversation, interaction } = await echo(await withSampleBot());
    await interaction.deferReply();
    const embed = new EmbedBuilder().setTitle("Chart").setImage("attachment://chart.png");
    const files = [new AttachmentBuilder(AWKWARD, { name: "chart.png" })];
    const answer = await interaction.editReply({ embeds: [embed], files });
    const [file] = (await conversation.edited()).attachments;
    expect(answer.attachments.size).toBe(0);
    expect(answer.embeds[0]?.image?.url).toContain(`/${file?.id}/chart.png?ex=`);
  });

  it("keeps what an edit doesn't mention, and drops files that it doesn't list", async () => {
    const { interaction } = await echo(await withSampleBot());
    const files = ["one.txt", "two.txt"].map((name) => new AttachmentBuilder(Buffer.from(name), { name }));
    await interaction.deferReply();
    const first = await interaction.editReply({ content: "both", files });
    const second = await interaction.editReply({ embeds: [new EmbedBuilder().setTitle("More")] });
    expect(second).toMatchObject({ content: "both", attachments: { size: 2 } });
    const kept = first.attachments.filter(({ name }) => name === "two.txt");
    const third = await interaction.editReply({ content: null, attachments: [...kept.values()] });
    expect(third.content).toBe("");
    expect(third.attachments.map(({ name }) => name)).toEqual(["two.txt"]);
    expect((await fetch(first.attachments.first()?.url ?? "")).status).toBe(404);
  });

  it("can be followed up, fetched and deleted", async () => {
    const { conversation, interaction } = await echo(await withSampleBot());
    const response = await interaction.reply({ content: "first", withResponse: true });
    expect(response.resource?.message?.content).toBe("first");
    const second = await interaction.followUp("second");
    expect((await interaction.fetchReply(second.id)).content).toBe("second");
    await interaction.deleteReply();
    await expect(interaction.fetchReply()).rejects.toMatchObject({ code: 10008, status: 404 });
    expect(conversation.history.map(({ kind }) => kind)).toEqual(["acknowledged", "followed-up", "deleted"]);
  });
});

describe("an answer that Discord refuses", () => {
  it("is to nothing, or comes twice", async () => {
    const connected = await withSampleBot();
    const { interaction } = await echo(connected);
    const { rest } = connected.bot;
    const defer = (id: string, token: string) =>
      rest.post(Routes.interactionCallback(id, token), { body: { type: 5 }, auth: false });
    await expect(defer(interaction.id, "made-up")).rejects.toMatchObject({ code: 10062, status: 404 });
    const edit = interaction.webhook.editMessage("@original", "too early");
    await expect(edit).rejects.toMatchObject({ code: 10015, status: 404 });
    await defer(interaction.id, interaction.token);
    await expect(defer(interaction.id, interaction.token)).rejects.toMatchObject({ code: 40060, status: 400 });
    const followUp = rest.post(Routes.webhook(interaction.applicationId, "made-up"), { body: {}, auth: false });
    await expect(followUp).rejects.toMatchObject({ code: 10015, status: 404 });
  });

  it("comes more than three seconds late", async () => {
    const clock = handClock();
    const { conversation, interaction } = await echo(await withSampleBot({ clock }));
    clock.advance(THREE_SECONDS_MS);
    await expect(conversation.acknowledged()).rejects.toThrow("did not respond");
    await expect(interaction.deferReply()).rejects.toMatchObject({ code: 10062, status: 404 });
  });

  it("comes after a quarter of an hour, though it was deferred in time", async () => {
    const clock = handClock();
    const { interaction } = await echo(await withSampleBot({ clock }));
    clock.advance(THREE_SECONDS_MS - 1);
    await interaction.deferReply();
    clock.advance(QUARTER_HOUR_MS - THREE_SECONDS_MS);
    await interaction.editReply("just in time");
    clock.advance(1);
    await expect(interaction.editReply("too late")).rejects.toMatchObject({ code: 50027, status: 401 });
  });

  it("is empty or too long, and says which part", async () => {
    const { interaction } = await echo(await withSampleBot());
    await interaction.deferReply();
    await expect(interaction.editReply({ embeds: [] })).rejects.toMatchObject({ code: 50006 });
    const wordy = { embeds: [{ title: "x".repeat(257) }] };
    const refusal = interaction.editReply(wordy);
    await expect(refusal).rejects.toMatchObject({ code: 50035, status: 400 });
    await expect(refusal).rejects.toThrow(/embeds\[0\]\.title/);
  });
});
