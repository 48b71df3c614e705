/** What happens in servers, as events: in order, each once, whatever becomes of the connection. */

import { afterEach, beforeEach, expect, test } from "vitest";
import type { Change } from "../../src/store/change-schema.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { openNotifications } from "../../src/store/notifications.ts";
import { Journal } from "../discord/journal.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { openTcpDoor } from "../support/tcp-door.ts";

const HERE = { source: "command", guildId: "choir", channelId: "general", subjectId: "ada" } as const;

const postgres = postgresForFile();
let address: string;
let store: Store;
let now: Date;

beforeEach(async () => {
  address = await postgres.createDatabase();
  now = new Date("2026-01-01T12:00:00Z");
  store = await openStore(address, { now: () => now });
});

afterEach(() => store.close());

async function read(clipId: string, guildId = "choir", in_: Store = store): Promise<void> {
  await in_.clips.accept(clipId, { ...HERE, guildId });
  await in_.clips.saveReading(clipId, SAMPLE_READING);
}

async function listen(): Promise<{ readonly heard: Journal<Change>; stop(): Promise<void> }> {
  const heard = new Journal<Change>();
  const stop = await store.changes.listen((change) => heard.push(change));
  return { heard, stop };
}

const clipIds = (changes: readonly Change[]) =>
  changes.map((change) => (change.kind === "reading" ? change.clipId : change.kind));

test("a saved reading of a server is an event, once, with what there is to show", async () => {
  const { heard, stop } = await listen();
  await read("7");
  await store.clips.saveReading("7", SAMPLE_READING);
  await store.clips.accept("page", { source: "upload" });
  await store.clips.saveReading("page", SAMPLE_READING);
  await read("8");
  await heard.find(() => heard.entries.length === 2, "two events");
  const { label, confidence, scores, durationMs } = SAMPLE_READING;
  expect(heard.entries[0]).toEqual({
    ...{ id: 1, at: now, kind: "reading", guildId: "choir", channelId: "general" },
    ...{ clipId: "7", source: "command", sessionId: null, subjectId: "ada", label, confidence, scores, durationMs },
  });
  expect(await store.changes.since(0)).toEqual(heard.entries);
  await stop();
});

test("an uncertain reading has no label", async () => {
  await store.clips.accept("7", HERE);
  await store.clips.saveReading("7", { ...SAMPLE_READING, uncertain: true });
  expect(await store.changes.since(0)).toMatchObject([{ clipId: "7", label: null }]);
});

test("whoever comes later asks for what they missed, of one server or of all", async () => {
  for (const [id, guildId] of [
    ["1", "choir"],
    ["2", "band"],
    ["3", "choir"],
  ] as const)
    await read(id, guildId);
  const [first] = await store.changes.since(0);
  expect(clipIds(await store.changes.since(first?.id ?? 0))).toEqual(["2", "3"]);
  expect(clipIds(await store.changes.since(0, { guildId: "choir" }))).toEqual(["1", "3"]);
  expect(clipIds(await store.changes.since(0, {}, 2))).toEqual(["1", "2"]);
  expect(await store.changes.latest()).toBe(3);
});

test("events of several processes are heard in the order of their numbers, and none is left out", async () => {
  const other = await openStore(address);
  const { heard, stop } = await listen();
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => read(`clip-${index}`, "choir", index % 2 === 0 ? store : other)),
  );
  await heard.find(() => heard.entries.length === 40, "all events");
  const ids = heard.entries.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(clipIds(heard.entries)).size).toBe(40);
  await stop();
  await other.close();
});

test("what happens while the connection is away is heard when it is back", async () => {
  const { heard, stop } = await listen();
  await query(
    address,
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()",
  );
  await read("7");
  await heard.find(() => heard.entries.length === 1, "the event");
  await read("8");
  await heard.find(() => heard.entries.length === 2, "the next");
  expect(clipIds(heard.entries)).toEqual(["7", "8"]);
  await stop();
});

test("a wire that is cut without a word is noticed and mended", async () => {
  const door = await openTcpDoor(address);
  const told = new Journal<string>();
  const listener = await openNotifications(
    door.url,
    "trial",
    { onPayload: (payload) => told.push(payload), onGap: () => told.push("gap"), onError: () => undefined },
    { everyMs: 50, withinMs: 2000 },
  );
  await query(address, "notify trial, 'before'");
  await told.find((each) => each === "before", "a word");
  door.freeze();
  await told.find((each) => each === "gap", "the gap");
  await query(address, "notify trial, 'after'");
  await told.find((each) => each === "after", "another word");
  await listener.close();
  await door.close();
});

test("what may not be kept is told to those who listen, in its turn, and is nowhere after", async () => {
  const { heard, stop } = await listen();
  await read("7");
  const [kept] = await store.changes.since(0);
  if (kept?.kind !== "reading") throw new Error("no reading");
  const { id: _, at: __, ...passing } = kept;
  await store.changes.pass({ ...passing, clipId: "8" });
  await read("9");
  await heard.find(() => heard.entries.length === 3, "three events");
  expect(clipIds(heard.entries)).toEqual(["7", "8", "9"]);
  expect(clipIds(await store.changes.since(0))).toEqual(["7", "9"]);
  await stop();
});

test("what is kept and what isn't are heard in their order when they come fast, and none is left out", async () => {
  await read("first");
  const [kept] = await store.changes.since(0);
  if (kept?.kind !== "reading") throw new Error("no reading");
  const { id: _, at: __, ...passing } = kept;
  const { heard, stop } = await listen();
  const pass = (clipId: string) => store.changes.pass({ ...passing, clipId });
  await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? pass(`${i}`) : read(`${i}`))));
  await heard.find(() => heard.entries.length === 60, "all events");
  const ids = heard.entries.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(clipIds(heard.entries)).size).toBe(60);
  await stop();
});

test("events go after a while, with their clip, and with their person", async () => {
  await read("old");
  now = new Date("2026-01-02T12:00:01Z");
  expect(await store.changes.deleteOlderThan(new Date(now.getTime() - 86_400_000))).toBe(1);
  await read("7");
  await read("8");
  await store.clips.forget("7");
  expect(clipIds(await store.changes.since(0))).toEqual(["8"]);
  await store.live.start({ id: "s", guildId: "choir", channelId: "v", textChannelId: "v", startedBy: "bert" });
  for (const userId of ["ada", "bert"]) await store.live.choose("s", userId, true);
  await store.histories.forget("ada");
  const rest = await store.changes.since(0);
  expect(JSON.stringify(rest)).not.toContain("ada");
  expect(rest.map((each) => (each.kind === "session" ? each.speakers : []))).toEqual([[], [], ["bert"]]);
});
