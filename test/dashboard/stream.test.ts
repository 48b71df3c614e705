/** Events as they happen, over real connections. */

import { once } from "node:events";
import { get as httpGet, type IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { API } from "../../src/dashboard/api/index.ts";
import { liveEvent } from "../../src/dashboard/api/live.ts";
import { openHub } from "../../src/dashboard/server/stream.ts";
import { openStore } from "../../src/store/index.ts";
import { GUILD_ID } from "../discord/index.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { MODERATE, type Rig, type SignedInHeaders, startRig } from "./rig.ts";

const EVENTS = `/api/v1/guilds/${GUILD_ID}/events`;

const postgres = postgresForFile();
let rig: Rig;
let origin: string;
let moderator: SignedInHeaders;
let number = 0;

beforeAll(async () => {
  rig = await startRig(postgres);
  origin = await rig.app.listen({ host: "127.0.0.1", port: 0 });
  moderator = await rig.signIn("Mo", MODERATE);
});
afterAll(() => rig.close());

/** An open page. */
class Page {
  readonly response: IncomingMessage;
  readonly #lines: AsyncIterator<string>;

  constructor(response: IncomingMessage) {
    this.response = response;
    this.#lines = blocks(response);
  }

  /** The next block with data, or `end` when the stream ended. */
  async next(): Promise<Record<string, string>> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) return { event: "end" };
      const fields = Object.fromEntries(
        String(value)
          .split("\n")
          .map((line) => /^(\w+): (.*)$/.exec(line))
          .flatMap((match): [string, string][] => (match ? [[match[1] ?? "", match[2] ?? ""]] : [])),
      );
      if (fields["event"]) return fields;
    }
  }

  /** The next event. */
  async event() {
    const { id, data = "" } = await this.next();
    const event = liveEvent.parse(JSON.parse(data));
    expect(String(event.id)).toBe(id);
    return event;
  }

  leave(): void {
    this.response.destroy();
  }
}

async function* blocks(response: IncomingMessage) {
  let text = "";
  response.setEncoding("utf8");
  try {
    for await (const chunk of response) {
      text += chunk;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        yield text.slice(0, end);
        text = text.slice(end + 2);
      }
    }
  } catch {
    // The page left.
  }
}

function open(headers: Record<string, string> = {}, path = EVENTS): Promise<Page> {
  return new Promise((resolve, reject) => {
    httpGet(origin + path, { headers: { ...moderator, ...headers } }, (response) => resolve(new Page(response))).on(
      "error",
      reject,
    );
  });
}

const speak = (source: "live" | "command" = "live") => rig.hear({ id: `e${++number}`, who: "ada", source });

test("a page hears what happens in its server from now on, and nobody else's", async () => {
  await speak();
  const page = await open();
  expect(page.response.headers["content-type"]).toBe("text/event-stream");
  await rig.store.clips.accept("foreign", { source: "live", guildId: "5", channelId: "1", subjectId: "x" });
  await speak();
  expect(await page.event()).toMatchObject({ kind: "reading", clipId: `e${number}`, subjectId: "ada" });
  await speak("command");
  expect(await page.event()).toMatchObject({ kind: "reading", source: "command", subjectId: null });
  page.leave();
});

test("who comes back with the last number misses nothing and hears nothing twice", async () => {
  const page = await open();
  await speak();
  const { id } = await page.event();
  page.leave();
  await speak();
  await speak();
  const again = await open({ "last-event-id": String(id) });
  await speak();
  const heard = [await again.event(), await again.event(), await again.event()];
  expect(heard.map((event) => event.kind === "reading" && event.clipId)).toEqual([
    `e${number - 2}`,
    `e${number - 1}`,
    `e${number}`,
  ]);
  again.leave();
  const byQuery = await open({}, `${EVENTS}?after=${id}`);
  expect((await byQuery.event()).id).toBe(heard[0]?.id);
  byQuery.leave();
});

test("many pages hear the same while events come and pages come and go", async () => {
  const start = await rig.store.changes.latest();
  const speaking = (async () => {
    for (let index = 0; index < 30; index++) await speak();
  })();
  const pages = await Promise.all(Array.from({ length: 10 }, () => open({ "last-event-id": String(start) })));
  const heard = await Promise.all(
    pages.map(async (page) => {
      const ids: number[] = [];
      while (ids.length < 30) ids.push((await page.event()).id);
      page.leave();
      return ids;
    }),
  );
  await speaking;
  for (const ids of heard) expect(ids).toEqual(heard[0]);
  expect(heard[0]).toEqual(heard[0]?.toSorted((a, b) => a - b));
});

test("another process of the dashboard hears the same", async () => {
  const store = await openStore(rig.address);
  const hub = await openHub(store.changes);
  const out = new PassThrough({ encoding: "utf8" });
  await hub.follow(GUILD_ID, undefined, out);
  await speak();
  const [text] = await once(out, "data");
  expect(text).toContain(`"clipId":"e${number}"`);
  await hub.close();
  await store.close();
});

test("a page that reads nothing is let go", async () => {
  const hub = await openHub(rig.store.changes);
  const asleep = new PassThrough({ highWaterMark: 1 });
  const closed = once(asleep, "close");
  await hub.follow(GUILD_ID, undefined, asleep);
  asleep.write("x".repeat(300 * 1024));
  await speak();
  await closed;
  expect(asleep.destroyed).toBe(true);
  await hub.close();
});

test("who was away for longer than events are kept is told to ask anew", async () => {
  await query(rig.address, "delete from events");
  await speak();
  const page = await open({ "last-event-id": "1" });
  expect(await page.next()).toMatchObject({ event: "gap" });
  expect(await page.event()).toMatchObject({ clipId: `e${number}` });
  page.leave();
});

test("live channels are told with who agreed, how well they are heard, and what was read lately", async () => {
  const before = await rig.store.changes.latest();
  await rig.store.live.start({ id: "s", guildId: GUILD_ID, channelId: "1", textChannelId: "2", startedBy: "ada" });
  rig.discord.user("Ada").may(0n);
  const ada = rig.discord.user("Ada").id;
  await rig.store.live.choose("s", ada, true);
  const url = `/api/v1/guilds/${GUILD_ID}/live`;
  const live = API.live.answer.parse((await rig.app.inject({ url, headers: moderator })).json());
  expect(live.lastEventId).toBeGreaterThan(before);
  expect(live.sessions).toMatchObject([
    { sessionId: "s", speakers: [{ id: ada, name: "Ada" }], health: { ratio: null } },
  ]);
  expect(live.readings.at(-1)).toMatchObject({ clipId: `e${number}` });
});

test("closing the server ends the streams", async () => {
  const page = await open();
  await rig.app.close();
  expect(await page.next()).toEqual({ event: "end" });
});
