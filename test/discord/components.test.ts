import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  type Client,
  ComponentType,
  Events,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  RoleSelectMenuBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from "discord.js";
import { describe, expect, it } from "vitest";
import { CHANNEL_ID, handClock, type LocalDiscordOptions, ROLE_ID } from "./index.ts";
import { echo, withSampleBot } from "./sample-bot.ts";

const button = (customId: string, label = customId) =>
  new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(ButtonStyle.Primary);
const row = (...buttons: ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(buttons);
const fruits = new StringSelectMenuBuilder()
  .setCustomId("fruit")
  .setPlaceholder("Which?")
  .setOptions({ label: "Apple", value: "a" }, { label: "Pear", value: "p" });
const form = new ModalBuilder()
  .setCustomId("form")
  .setTitle("A form")
  .addLabelComponents(
    new LabelBuilder()
      .setLabel("Name")
      .setTextInputComponent(new TextInputBuilder().setCustomId("name").setStyle(TextInputStyle.Short).setMaxLength(5)),
    new LabelBuilder().setLabel("Fruit").setStringSelectMenuComponent(new StringSelectMenuBuilder(fruits.toJSON())),
  );

/** A message of the bot with buttons, and the next interactions. */
async function answered(
  components: readonly ActionRowBuilder<
    ButtonBuilder | StringSelectMenuBuilder | ChannelSelectMenuBuilder | RoleSelectMenuBuilder | UserSelectMenuBuilder
  >[],
  options: LocalDiscordOptions = {},
) {
  const connected = await withSampleBot(options);
  const { conversation, interaction } = await echo(connected);
  await interaction.reply({ content: "choose", components: [...components] });
  return { ...connected, message: await conversation.answered(), ada: connected.discord.user("Ada") };
}

function next<I extends Interaction>(bot: Client, is: (interaction: Interaction) => interaction is I): Promise<I> {
  return new Promise((resolve) => {
    bot.once(Events.InteractionCreate, (interaction) => {
      if (is(interaction)) resolve(interaction);
    });
  });
}

const isButton = (interaction: Interaction) => interaction.isButton();
const isSelect = (interaction: Interaction) => interaction.isAnySelectMenu();
const isModal = (interaction: Interaction) => interaction.isModalSubmit();

describe("a button", () => {
  it("tells the bot who pressed it, where, in which language", async () => {
    const { bot, message, discord } = await answered([row(button("yes"))]);
    const coming = next(bot, isButton);
    const pressed = discord.user("Bert").press(message, "yes", { locale: "de" });
    const interaction = await coming;
    expect(interaction).toMatchObject({
      customId: "yes",
      locale: "de",
      user: { username: "Bert" },
      guild: { name: "Choir" },
    });
    expect(interaction.message).toMatchObject({ id: message.id, content: "choose" });
    await interaction.reply({ content: "well", flags: MessageFlags.Ephemeral });
    expect(await pressed.answered()).toMatchObject({ content: "well", ephemeral: true });
    await interaction.followUp({ content: "and more", flags: MessageFlags.Ephemeral });
    expect(await pressed.followedUp()).toMatchObject({ content: "and more", ephemeral: true });
  });

  it("may change its message, at once or later", async () => {
    const { bot, message, ada } = await answered([row(button("yes"), button("no").setDisabled(true))]);
    let coming = next(bot, isButton);
    let pressed = ada.press(message, "yes");
    await (await coming).update({ content: "chosen", components: [row(button("again"))] });
    expect(await pressed.acknowledged()).toMatchObject({ deferred: false, updates: true, message: { id: message.id } });
    expect(await pressed.answered()).toMatchObject({ content: "chosen" });
    coming = next(bot, isButton);
    pressed = ada.press(message, "again");
    const interaction = await coming;
    await interaction.deferUpdate();
    expect(await pressed.acknowledged()).toMatchObject({ deferred: true, updates: true });
    await interaction.editReply({ content: "done", components: [] });
    expect(await pressed.edited()).toMatchObject({ id: message.id, content: "done", components: [] });
  });

  it("can't be pressed when it isn't there, is disabled, opens a page, or somebody else alone sees it", async () => {
    const link = new ButtonBuilder().setURL("https://example.org").setLabel("read").setStyle(ButtonStyle.Link);
    const connected = await withSampleBot();
    const { conversation, interaction } = await echo(connected);
    await interaction.reply({
      flags: MessageFlags.Ephemeral,
      components: [row(button("yes"), button("no").setDisabled(true), link)],
    });
    const message = await conversation.answered();
    const ada = connected.discord.user("Ada");
    expect(() => ada.press(message, "perhaps")).toThrow("no button perhaps");
    expect(() => ada.press(message, "no")).toThrow("is disabled");
    expect(() => ada.press(message, "read")).toThrow("opens a page");
    expect(() => connected.discord.user("Bert").press(message, "yes")).toThrow("Only the asker");
    ada.press(message, "yes");
  });

  it("has three seconds to be answered, like a command", async () => {
    const clock = handClock();
    const { message, ada } = await answered([row(button("yes"))], { clock });
    const pressed = ada.press(message, "yes");
    clock.advance(3000);
    await expect(pressed.acknowledged()).rejects.toThrow("did not respond");
  });
});

describe("a select", () => {
  it("tells the bot what was chosen", async () => {
    const { bot, message, ada } = await answered([
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(fruits),
    ]);
    const coming = next(bot, isSelect);
    ada.choose(message, "Which?", ["Pear"]);
    expect(await coming).toMatchObject({ customId: "fruit", values: ["p"] });
    expect(() => ada.choose(message, "fruit", ["Plum"])).toThrow("no option Plum");
    expect(() => ada.choose(message, "fruit", ["Apple", "Pear"])).toThrow("takes 1 to 1 values");
  });

  it("finds channels, roles and people", async () => {
    const { bot, message, ada, discord } = await answered([
      new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(
        new ChannelSelectMenuBuilder().setCustomId("where"),
      ),
      new ActionRowBuilder<RoleSelectMenuBuilder>().addComponents(new RoleSelectMenuBuilder().setCustomId("which")),
      new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(new UserSelectMenuBuilder().setCustomId("who")),
    ]);
    const bert = discord.user("Bert").id;
    const chosen = async (select: string, id: string) => {
      const coming = next(bot, isSelect);
      ada.choose(message, select, [id]);
      return coming;
    };
    const where = await chosen("where", CHANNEL_ID);
    expect(where.isChannelSelectMenu() && where.channels.first()).toMatchObject({ name: "general" });
    const which = await chosen("which", ROLE_ID);
    expect(which.isRoleSelectMenu() && which.roles.first()).toMatchObject({ name: "Choirmasters" });
    const who = await chosen("who", bert);
    expect(who.isUserSelectMenu() && who.users.first()).toMatchObject({ username: "Bert" });
    expect(() => ada.choose(message, "where", ["1"])).toThrow("no channel");
    expect(() => ada.choose(message, "which", [bert])).toThrow("can be chosen");
  });
});

describe("a modal", () => {
  it("is opened by a button, filled in, and may change the button's message", async () => {
    const { bot, message, ada } = await answered([row(button("open"))]);
    const coming = next(bot, isButton);
    const pressed = ada.press(message, "open");
    await (await coming).showModal(form);
    const modal = await pressed.modal();
    expect(() => ada.submit(modal, { Name: "Bert" })).toThrow("takes 1 to 1");
    expect(() => ada.submit(modal, { Fruit: "Pear" })).toThrow("Name is required");
    expect(() => ada.submit(modal, { Name: "too long" })).toThrow("Too much");
    expect(() => ada.submit(modal, { Colour: "red" })).toThrow("no field Colour");
    const filled = next(bot, isModal);
    const sent = ada.submit(modal, { Name: "Bert", Fruit: "Pear" }, { locale: "pl" });
    const interaction = await filled;
    expect(interaction.fields.getTextInputValue("name")).toBe("Bert");
    expect(interaction.fields.getStringSelectValues("fruit")).toEqual(["p"]);
    expect(interaction).toMatchObject({ customId: "form", locale: "pl", message: { id: message.id } });
    if (!interaction.isFromMessage()) throw new Error("It was opened from a message.");
    await interaction.update({ content: "filled in", components: [] });
    expect(await sent.answered()).toMatchObject({ id: message.id, content: "filled in" });
  });

  it("may come from a command, and then has no message to change, nor opens another", async () => {
    const connected = await withSampleBot();
    const { conversation, interaction } = await echo(connected);
    await interaction.showModal(form);
    const filled = next(connected.bot, isModal);
    connected.discord.user("Ada").submit(await conversation.modal(), { Name: "Ada", Fruit: "a" });
    const submitted = await filled;
    await expect(submitted.deferUpdate()).rejects.toMatchObject({ code: 50035 });
    const again = { type: 9, data: form.toJSON() };
    const route = `/interactions/${submitted.id}/${submitted.token}/callback` as const;
    await expect(connected.bot.rest.post(route, { body: again, auth: false })).rejects.toMatchObject({ code: 50035 });
    await submitted.reply("thanks");
  });
});

describe("components that Discord refuses", () => {
  const plain = (custom_id: string, more = {}) => ({ type: 2, style: 1, label: "x", custom_id, ...more });
  const rows = (...components: object[]) => [{ type: ComponentType.ActionRow, components }];
  const option = { label: "x", value: "x" };
  it.each([
    ["a custom id of 101 characters", rows(plain("x".repeat(101)))],
    ["the same custom id twice", rows(plain("x"), plain("x"))],
    ["six buttons in a row", rows(..."abcdef".split("").map((id) => plain(id)))],
    ["six rows", "abcdef".split("").flatMap((id) => rows(plain(id)))],
    ["an empty row", rows()],
    ["a button with no face", rows({ type: 2, style: 1, custom_id: "x" })],
    ["a label of 81 characters", rows(plain("x", { label: "x".repeat(81) }))],
    ["a link with a custom id", rows(plain("x", { style: 5, url: "https://example.org" }))],
    ["a select beside a button", rows(plain("y"), { type: 3, custom_id: "x", options: [option] })],
    ["a select without options", rows({ type: 3, custom_id: "x", options: [] })],
    ["an option twice", rows({ type: 3, custom_id: "x", options: [option, option] })],
    ["more values than options", rows({ type: 3, custom_id: "x", options: [option], max_values: 2 })],
  ])("%s", async (_what, components) => {
    const { bot } = await withSampleBot();
    const sent = bot.rest.post(`/channels/${CHANNEL_ID}/messages`, { body: { content: "x", components } });
    await expect(sent).rejects.toMatchObject({ code: 50035, status: 400 });
  });

  it("an update where there is nothing to update", async () => {
    const connected = await withSampleBot();
    const { interaction } = await echo(connected);
    const route = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
    const update = connected.bot.rest.post(route, { body: { type: 6 }, auth: false });
    await expect(update).rejects.toMatchObject({ code: 50035 });
    await interaction.reply("it is still there");
  });
});
