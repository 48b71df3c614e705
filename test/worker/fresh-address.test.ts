import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { freshAddresses } from "../../src/worker/fresh-address.ts";
import { discordForTest } from "../bot/start.ts";

const clip = { name: "voice.ogg", bytes: new Uint8Array(4) };

/** A voice message, and what a job knows of it. */
async function hanging() {
  const discord = await discordForTest({ messageContent: true });
  const message = discord.user("Ada").post({ files: [clip], voice: true });
  const [attachment] = message.attachments;
  const attribution = {
    source: "menu",
    channelId: message.channel_id,
    messageId: message.id,
    attachmentId: attachment?.id ?? "",
  } as const;
  return { discord, attachment, attribution, find: freshAddresses(discord.api, discord.token, { retries: 0 }) };
}

test("the message has the attachment's address of today", async () => {
  const { find, attribution, attachment } = await hanging();
  const address = new URL(await find(attribution));
  expect(address.pathname).toBe(new URL(attachment?.url ?? "").pathname);
  expect((await fetch(address)).status).toBe(200);
});

test("what is gone is told apart", async () => {
  const { discord, find, attribution } = await hanging();
  await expect(find({ ...attribution, attachmentId: "1" })).rejects.toThrow(new UserError("fetch-gone"));
  await expect(find({ ...attribution, messageId: "1" })).rejects.toThrow(new UserError("message-gone"));
  await expect(find({ ...attribution, channelId: "1" })).rejects.toThrow(new UserError("missing-access"));
  discord.fail({ route: /^GET .*\/messages\//, kind: 403 });
  await expect(find(attribution)).rejects.toThrow(new UserError("missing-access"));
});

test("a file that never hung on a message, or a worker without a token, can't be helped", async () => {
  const { discord, find, attribution } = await hanging();
  await expect(find({ source: "command", attachmentId: "9" })).rejects.toThrow(new UserError("fetch-gone"));
  await expect(find(undefined)).rejects.toThrow(new UserError("fetch-gone"));
  await expect(freshAddresses(discord.api, undefined)(attribution)).rejects.toThrow(new UserError("fetch-gone"));
});

test("a Discord that is in trouble may be better later", async () => {
  const { discord, find, attribution } = await hanging();
  discord.fail({ route: /^GET .*\/messages\//, kind: 500 });
  const error = await find(attribution).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(UserError);
});
