/** Options of slash commands: what a person fills in is what discord.js reads. */

import { ChannelType, SlashCommandBuilder } from "discord.js";
import { expect, test } from "vitest";
import { CATEGORY_ID, CHANNEL_ID, ROLE_ID } from "./index.ts";
import { nextCommand, withSampleBot } from "./sample-bot.ts";

const TUNE = new SlashCommandBuilder()
  .setName("tune")
  .setDescription("Tunes an instrument")
  .setDefaultMemberPermissions(8)
  .addSubcommand((sub) =>
    sub
      .setName("to")
      .setDescription("To a tone")
      .addIntegerOption((option) =>
        option.setName("hertz").setDescription("How high").setMinValue(400).setMaxValue(480).setRequired(true),
      )
      .addNumberOption((option) => option.setName("cents").setDescription("How much higher"))
      .addBooleanOption((option) => option.setName("loudly").setDescription("Whether all hear it"))
      .addStringOption((option) =>
        option.setName("by").setDescription("By what").addChoices({ name: "A fork", value: "fork" }),
      ),
  )
  .addSubcommandGroup((group) =>
    group
      .setName("with")
      .setDescription("With others")
      .addSubcommand((sub) =>
        sub
          .setName("choir")
          .setDescription("With the choir")
          .addRoleOption((option) => option.setName("who").setDescription("Who sings"))
          .addChannelOption((option) =>
            option.setName("where").setDescription("Where").addChannelTypes(ChannelType.GuildText),
          ),
      ),
  )
  .toJSON();

async function start() {
  const { discord, bot } = await withSampleBot();
  await bot.application?.commands.set([TUNE]);
  return { bot, ada: discord.user("Ada") };
}

test("a subcommand's values arrive by their types", async () => {
  const { bot, ada } = await start();
  const coming = nextCommand(bot);
  ada.slash("tune to", { hertz: 440, cents: 0.5, loudly: false, by: "fork" });
  const { options } = await coming;
  expect(options.getSubcommandGroup()).toBeNull();
  expect(options.getSubcommand()).toBe("to");
  expect(options.getInteger("hertz", true)).toBe(440);
  expect(options.getNumber("cents")).toBe(0.5);
  expect(options.getBoolean("loudly")).toBe(false);
  expect(options.getString("by")).toBe("fork");
});

test("a subcommand in a group gets roles and channels that discord.js knows", async () => {
  const { bot, ada } = await start();
  const coming = nextCommand(bot);
  ada.slash("tune with choir", { who: ROLE_ID, where: CHANNEL_ID });
  const { options } = await coming;
  expect([options.getSubcommandGroup(), options.getSubcommand()]).toEqual(["with", "choir"]);
  expect(options.getRole("who")).toMatchObject({ id: ROLE_ID, name: "Choirmasters" });
  expect(options.getChannel("where")).toMatchObject({ id: CHANNEL_ID, name: "general" });
});

test.each([
  ["tune", {}, "by its subcommands only"],
  ["tune by", {}, "no subcommand by"],
  ["tune with", {}, "by its subcommands only"],
  ["tune to", {}, "hertz is required"],
  ["tune to", { hertz: 399 }, "doesn't take 399"],
  ["tune to", { hertz: 440.5 }, "doesn't take 440.5"],
  ["tune to", { hertz: "440" }, 'doesn\'t take "440"'],
  ["tune to", { hertz: 440, by: "ear" }, 'doesn\'t take "ear"'],
  ["tune to", { hertz: 440, loudly: "yes" }, 'doesn\'t take "yes"'],
  ["tune to", { hertz: 440, tempo: 90 }, "no option tempo"],
  ["tune with choir", { who: CHANNEL_ID }, "doesn't take"],
  ["tune with choir", { where: CATEGORY_ID }, "doesn't take"],
])("/%s %j can't be sent", async (command, values, why) => {
  const { ada } = await start();
  expect(() => ada.slash(command, values)).toThrow(why);
});

test("a command is offered by its permissions, and to those whom the guild lets in", async () => {
  const { bot, ada } = await start();
  expect(() => ada.slash("tune to", { hertz: 440 }, { permissions: "4" })).toThrow("isn't offered");
  const coming = nextCommand(bot);
  ada.slash("tune to", { hertz: 440 }, { permissions: "4", isLetIn: true });
  expect((await coming).memberPermissions?.bitfield).toBe(4n);
});
