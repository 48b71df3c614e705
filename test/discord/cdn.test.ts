import { describe, expect, it } from "vitest";
import { handClock } from "./index.ts";
import { CLIP, echo, withSampleBot } from "./sample-bot.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

describe("the CDN", () => {
  it("serves an attachment at its signed address, with type and length", async () => {
    const { conversation } = await echo(await withSampleBot());
    const url = conversation.attachments[0]?.url ?? "";
    expect(new URL(url).pathname).toMatch(/^\/attachments\/\d+\/\d+\/hello\.ogg$/);
    const answer = await fetch(url);
    expect(answer.headers.get("content-type")).toBe("audio/ogg");
    expect(answer.headers.get("content-length")).toBe(String(CLIP.bytes.length));
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(CLIP.bytes);
  });

  it("refuses an address that was tampered with", async () => {
    const { conversation } = await echo(await withSampleBot());
    const url = new URL(conversation.attachments[0]?.url ?? "");
    for (const [name, value] of [
      ["ex", "ffffffff"],
      ["hm", "00"],
      ["is", ""],
    ] as const) {
      const changed = new URL(url);
      changed.searchParams.set(name, value);
      expect((await fetch(changed)).status).toBe(404);
    }
    expect((await fetch(url.origin + url.pathname)).status).toBe(404);
    expect((await fetch(`${url.origin}/attachments/%E0%A4%A/x`)).status).toBe(404);
  });

  it("knows an address no more when it has expired or the file is deleted", async () => {
    const clock = handClock();
    const connected = await withSampleBot({ clock });
    const first = await echo(connected);
    const url = first.conversation.attachments[0]?.url ?? "";
    clock.advance(DAY_MS - 1000);
    expect((await fetch(url)).status).toBe(200);
    clock.advance(2000);
    const gone = await fetch(url);
    expect([gone.status, await gone.text()]).toEqual([404, "This content is no longer available."]);

    const second = await echo(connected);
    const [attachment] = second.conversation.attachments;
    connected.discord.deleteAttachment(attachment?.id ?? "");
    expect((await fetch(attachment?.url ?? "")).status).toBe(404);
  });
});
