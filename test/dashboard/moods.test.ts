import { afterAll, beforeAll, expect, test } from "vitest";
import { API } from "../../src/dashboard/api/index.ts";
import { GUILD_ID } from "../discord/index.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { MANAGE, MODERATE, type Rig, type SignedInHeaders, startRig } from "./rig.ts";

const HOUR_MS = 3_600_000;
const BASE = `/api/v1/guilds/${GUILD_ID}`;
const RANGE = "from=2026-03-08T00:00:00Z&to=2026-03-10T12:00:00Z";

const postgres = postgresForFile();
let rig: Rig;
let moderator: SignedInHeaders;

const get = async (path: string) => (await rig.app.inject({ url: BASE + path, headers: moderator })).json();

beforeAll(async () => {
  rig = await startRig(postgres);
  moderator = await rig.signIn("Mo", MODERATE | MANAGE);
  const at = (hours: number) => new Date(rig.now.getTime() - hours * HOUR_MS);
  // Three people this morning, two yesterday; the second channel has one of the three.
  await rig.hear({ id: "1", who: "a", label: "anger", at: at(2) });
  await rig.hear({ id: "2", who: "b", label: "anger", at: at(2) });
  await rig.hear({ id: "3", who: "c", label: "happiness", at: at(3) });
  await rig.hear({ id: "4", who: "c", isUncertain: true, at: at(3), channelId: "2", source: "command" });
  await rig.hear({ id: "5", who: "a", label: "fear", at: at(26) });
  await rig.hear({ id: "6", who: "b", label: "fear", at: at(26) });
});
afterAll(() => rig.close());

test("a history says what three people or more sounded like, and of fewer that they were few", async () => {
  const history = API.history.answer.parse(await get(`/history?${RANGE}&zone=Europe/Berlin`));
  expect(history.steps.map(({ at }) => at)).toEqual([
    "2026-03-07T23:00:00.000Z",
    "2026-03-08T23:00:00.000Z",
    "2026-03-09T23:00:00.000Z",
  ]);
  const [none, few, today] = history.steps.map(({ mood }) => mood);
  expect(none).toEqual({ shown: false, reason: "none" });
  expect(few).toEqual({ shown: false, reason: "few-people" });
  expect(today).toEqual({
    ...{ shown: true, readings: 4, people: 3, confidence: expect.closeTo(0.7) },
    shares: { anger: 0.5, happiness: 0.25, uncertain: 0.25 },
  });
  expect(history.total).toMatchObject({ shown: true, readings: 6, people: 3 });
  // 10:00 UTC on a Tuesday is eleven in Berlin.
  expect(history.heat).toContainEqual({ weekday: 2, hour: 11, mood: { shown: false, reason: "few-people" } });
});

test("filters narrow it to channels and sources", async () => {
  const shown = async (filter: string) => (await get(`/history?${RANGE}&${filter}`)).total;
  expect(await shown("channels=1")).toMatchObject({ readings: 5, people: 3 });
  expect(await shown("channels=2")).toEqual({ shown: false, reason: "few-people" });
  expect(await shown("channels=1,2&sources=command")).toEqual({ shown: false, reason: "few-people" });
  expect(await shown("channels=3")).toEqual({ shown: false, reason: "none" });
});

test("the table goes page by page, the latest first, and ends", async () => {
  const first = await get(`/history/table?${RANGE}&limit=2`);
  expect(first.rows.map((row: { at: string; channelId: string }) => [row.at.slice(0, 10), row.channelId])).toEqual([
    ["2026-03-10", "2"],
    ["2026-03-10", "1"],
  ]);
  const second = API.historyTable.answer.parse(await get(`/history/table?${RANGE}&limit=2&after=${first.next}`));
  expect(second.rows.map(({ at }) => at.slice(0, 10))).toEqual(["2026-03-09"]);
  expect(second.next).toBeNull();
});

test("an export is the same as a file, and says nothing about few people", async () => {
  const csv = await rig.app.inject({ url: `${BASE}/history/export?${RANGE}&format=csv`, headers: moderator });
  expect(csv.headers["content-disposition"]).toContain("timbre-2026-03-08.csv");
  expect(csv.body.split("\r\n")).toEqual([
    "at,channel_id,source,readings,people,confidence,label,share",
    "2026-03-10T00:00:00.000Z,2,command,,,,,",
    "2026-03-10T00:00:00.000Z,1,live,3,3,0.7000,anger,0.6667",
    "2026-03-10T00:00:00.000Z,1,live,3,3,0.7000,happiness,0.3333",
    "2026-03-09T00:00:00.000Z,1,live,,,,,",
    "",
  ]);
  expect(await get(`/history/export?${RANGE}&format=json`)).toEqual((await get(`/history/table?${RANGE}`)).rows);
});

test.each([
  ["from=2026-03-08T00:00:00Z&to=2026-03-07T00:00:00Z", "to"],
  ["from=2020-03-08T00:00:00Z&to=2026-03-07T00:00:00Z", "at most 366 days"],
  [`${RANGE}&zone=Atlantis/Capital`, "zone"],
  [`${RANGE}&sources=rumours`, "sources"],
  ["", "from"],
])("a history of %s is refused with the reason", async (asked, reason) => {
  const answer = await rig.app.inject({ url: `${BASE}/history?${asked}`, headers: moderator });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().error).toMatchObject({ code: "bad-request", message: expect.stringContaining(reason) });
});

test("the overview compares today with the four weeks before", async () => {
  await rig.store.live.start({ id: "s", guildId: GUILD_ID, channelId: "1", textChannelId: "2", startedBy: "a" });
  await rig.store.live.choose("s", "a", true);
  const overview = API.overview.answer.parse(await get("/overview?zone=UTC"));
  expect(overview.live).toMatchObject([{ sessionId: "s", channelId: "1", speakers: 1 }]);
  expect(overview.today).toMatchObject({ shown: true, readings: 4 });
  expect(overview.usual).toEqual({ shown: false, reason: "few-people" });
  expect(overview.days).toHaveLength(29);
  expect(overview.days[28]).toEqual({ at: "2026-03-10T00:00:00.000Z", mood: overview.today });
});

test("what is forgotten, or deleted with its clip, leaves the aggregates", async () => {
  const at = new Date(rig.now.getTime() - HOUR_MS);
  await rig.hear({ id: "7", who: "d", label: "anger", at });
  await rig.hear({ id: "8", who: "d", label: "sadness", at });
  expect((await get(`/history?${RANGE}&step=hour`)).total).toMatchObject({ readings: 8, people: 4 });
  await rig.store.clips.forget("7");
  expect((await get(`/history?${RANGE}`)).total).toMatchObject({ readings: 7, people: 4 });
  await rig.store.histories.forget("d");
  expect((await get(`/history?${RANGE}`)).total).toMatchObject({ readings: 6, people: 3 });
  const theirs = "select * from mood_hours where hashtextextended('d', 0) = any (people)";
  expect(await query(rig.address, theirs)).toEqual([]);
  expect(await query(rig.address, "select * from readings where subject_id = 'd'")).toEqual([]);
});

test("every look and every export is in the audit log; the same look within minutes is one", async () => {
  const before = await rig.store.audit.page(GUILD_ID, { limit: 100 });
  await get(`/history?${RANGE}&channels=77`);
  await get(`/history?${RANGE}&channels=77`);
  await get(`/history/export?${RANGE}&format=json&channels=77`);
  await get(`/history/export?${RANGE}&format=json&channels=77`);
  const after = await rig.store.audit.page(GUILD_ID, { limit: 100 });
  const fresh = after.slice(0, after.length - before.length);
  expect(fresh.map(({ kind, action }) => [kind, action])).toEqual([
    ["export", "historyExport"],
    ["export", "historyExport"],
    ["view", "history"],
  ]);
  expect(fresh[2]).toMatchObject({ actorId: rig.discord.user("Mo").id, to: { channels: "77" } });
  rig.now = new Date(rig.now.getTime() + 11 * 60_000);
  await get(`/history?${RANGE}&channels=77`);
  expect(await rig.store.audit.page(GUILD_ID, { limit: 100 })).toHaveLength(after.length + 1);
  const page = API.audit.answer.parse(await get("/audit?kind=view&limit=1"));
  expect(page.entries).toMatchObject([{ kind: "view", action: "history", actorName: "Mo" }]);
  // What `/settings history` shows is changes alone.
  expect(await rig.store.audit.of(GUILD_ID, 10)).toEqual([]);
});
