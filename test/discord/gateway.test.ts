import { once } from "node:events";
import { type Client, Events, GatewayCloseCodes, GatewayOpcodes } from "discord.js";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { APPLICATION_ID } from "./index.ts";
import { CLIP, clientFor, localDiscord, nextCommand, withSampleBot } from "./sample-bot.ts";

/** The next time that the bot's shard takes its session up again. */
const resumed = (bot: Client) =>
  new Promise<number>((resolve) => bot.once(Events.ShardResume, (_, count) => resolve(count)));

describe("the gateway", () => {
  it("lets discord.js log in and tells it of the guild", async () => {
    const { discord, bot } = await withSampleBot();
    await discord.ready();
    expect(bot.user.id).toBe(APPLICATION_ID);
    expect(bot.guilds.cache.map((guild) => guild.name)).toEqual(["Choir"]);
    expect(discord.gatewayActions.entries).toEqual(["identified"]);
  });

  it("turns a wrong token away, by REST and by itself", async () => {
    const discord = await localDiscord();
    await expect(clientFor(discord).login("wrong.to.ken")).rejects.toMatchObject({ code: "TokenInvalid" });

    const socket = new WebSocket(`ws://${discord.cdnHost}/?v=10&encoding=json`);
    await once(socket, "message");
    socket.send(JSON.stringify({ op: GatewayOpcodes.Identify, d: { token: "wrong", intents: 1, properties: {} } }));
    const [code] = await once(socket, "close");
    expect(code).toBe(GatewayCloseCodes.AuthenticationFailed);
    expect(discord.gatewayActions.entries).toEqual(["refused"]);
  });

  it("acknowledges heartbeats", async () => {
    const { bot } = await withSampleBot({ heartbeatMs: 20 });
    const measured = new Promise<void>((resolve) => {
      bot.on(Events.Debug, (message) => {
        if (message.includes("Heartbeat acknowledged")) resolve();
      });
    });
    await measured;
    expect(bot.ws.ping).toBeGreaterThanOrEqual(0);
  });

  it("refuses nonsense and a second login on one connection", async () => {
    const discord = await localDiscord();
    const speak = async (...messages: string[]) => {
      const socket = new WebSocket(`ws://${discord.cdnHost}/?v=10&encoding=json`);
      await once(socket, "open");
      for (const message of messages) socket.send(message);
      const [code] = await once(socket, "close");
      return code;
    };
    const identify = JSON.stringify({ op: 2, d: { token: discord.token, intents: 1, properties: {} } });
    expect(await speak("not JSON")).toBe(GatewayCloseCodes.DecodeError);
    expect(await speak(identify, identify)).toBe(GatewayCloseCodes.AlreadyAuthenticated);
  });

  it("replays to a bot whose wire was cut what it missed", async () => {
    const { discord, bot } = await withSampleBot();
    const [back, coming] = [resumed(bot), nextCommand(bot)];
    discord.dropGateway("cut");
    const conversation = discord.user("Ada").slash("echo", { clip: CLIP });
    const interaction = await coming;
    await interaction.reply("here again");
    expect((await conversation.answered()).content).toBe("here again");
    expect(await back).toBeGreaterThanOrEqual(1);
    expect(discord.gatewayActions.entries).toEqual(["identified", "resumed"]);
  });

  it("asks a bot to reconnect, and it comes back to the same session", async () => {
    const { discord, bot } = await withSampleBot();
    const back = resumed(bot);
    discord.dropGateway("reconnect");
    await back;
    expect(discord.gatewayActions.entries).toEqual(["identified", "resumed"]);
  });

  it("makes a bot log in anew once its session is over", async () => {
    const { discord, bot } = await withSampleBot();
    // discord.js waits five seconds between two logins, as Discord asks for it.
    discord.dropGateway("invalidate");
    await discord.gatewayActions.find(
      () => discord.gatewayActions.entries.filter((action) => action === "identified").length === 2,
      "a second login",
    );
    const coming = nextCommand(bot);
    const conversation = discord.user("Ada").slash("echo", { clip: CLIP });
    await (await coming).reply("new here");
    expect((await conversation.answered()).content).toBe("new here");
  });
});
