/** What is kept about people and servers, and that it goes when it has to. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Attribution } from "../../src/jobs/clip-job.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

const ADA: Attribution = {
  source: "menu",
  subjectId: "ada",
  askerId: "bert",
  guildId: "choir",
  channelId: "general",
  messageId: "m",
  attachmentId: "a",
};
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const postgres = postgresForFile();
let address: string;
let store: Store;
let now: Date;

const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

beforeEach(async () => {
  address = await postgres.createDatabase();
  now = new Date("2026-01-01T12:00:00Z");
  store = await openStore(address, { now: () => now });
});

afterEach(() => store.close());

async function hear(id: string, attribution: Attribution = ADA): Promise<void> {
  await store.clips.accept(id, attribution);
  await store.clips.saveReading(id, SAMPLE_READING);
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test("a clip remembers whose it is and where it comes from, as far as that is known", async () => {
  await store.clips.accept("1", ADA);
  await store.clips.accept("2", { source: "upload" });
  await store.clips.accept("3");
  expect((await store.clips.find("1"))?.attribution).toEqual(ADA);
  expect((await store.clips.find("2"))?.attribution).toEqual({ source: "upload" });
  expect((await store.clips.find("3"))?.attribution).toBeNull();
});

test("an attachment is found by the latest clip that has a reading of it", async () => {
  await hear("1");
  later(1000);
  await hear("2");
  later(1000);
  await store.clips.accept("3", ADA);
  await hear("4", { ...ADA, attachmentId: "b" });
  expect((await store.clips.findByAttachment("a"))?.id).toBe("2");
  expect(await store.clips.findByAttachment("c")).toBeUndefined();
});

test("a forgotten clip leaves an id that leads nowhere, and no later outcome", async () => {
  await hear("1");
  await store.corrections.save("1", "ada", "anger");
  expect(await store.clips.forget("1")).toBe(true);
  expect(await store.clips.forget("1")).toBe(false);
  expect(await store.clips.forget("2")).toBe(false);
  await store.clips.saveReading("1", SAMPLE_READING);
  const clip = await store.clips.find("1");
  expect(clip).toMatchObject({ status: "forgotten", reading: null, attribution: null });
  expect(clip?.error?.code).toBe("clip-deleted");
  expect(await store.corrections.find("1")).toBeUndefined();
  const [row] = await query(address, "select to_jsonb(clips) - 'id' - 'status' - 'created_at' as rest from clips");
  expect(Object.values(Object(row?.["rest"])).filter((value) => value !== null)).toEqual([]);
});

test("a person's history is theirs: clips of their voice, what they asked for, their corrections", async () => {
  expect(await store.histories.summary("ada")).toEqual({
    clips: 0,
    readings: 0,
    since: null,
    asked: 0,
    corrections: 0,
    sessions: 0,
  });
  const since = now;
  for (let i = 0; i < 45; i++) {
    await hear(`${i}`);
    if (i % 2) later(1);
  }
  await store.clips.accept("failed", ADA);
  await store.clips.saveError("failed", new UserError("not-audio"));
  await hear("other", { ...ADA, subjectId: "bert", askerId: "ada" });
  await hear("own", { ...ADA, askerId: "ada" });
  await store.corrections.save("3", "ada", "anger");
  expect(await store.histories.summary("ada")).toEqual({
    clips: 47,
    readings: 46,
    since,
    asked: 1,
    corrections: 1,
    sessions: 0,
  });
  const ids = (await collect(store.histories.clipsOf("ada"))).map(({ id }) => id);
  expect(ids).toHaveLength(47);
  expect(new Set(ids).size).toBe(47);
  expect(ids).not.toContain("other");
});

test("a person who is forgotten leaves the readings of others, but not that they asked for them", async () => {
  await hear("1");
  await store.clips.accept("under way", ADA);
  await hear("other", { ...ADA, subjectId: "bert", askerId: "ada" });
  await store.corrections.save("1", "ada", "anger");
  expect(await store.histories.forget("ada")).toBe(2);
  await store.clips.saveReading("under way", SAMPLE_READING);
  expect(await collect(store.histories.clipsOf("ada"))).toEqual([]);
  expect(await store.histories.summary("ada")).toMatchObject({ clips: 0, asked: 0, corrections: 0 });
  expect(await store.clips.find("under way")).toMatchObject({ reading: null });
  expect(await store.clips.find("other")).toMatchObject({ status: "done", attribution: { subjectId: "bert" } });
  expect(JSON.stringify(await query(address, "select * from clips"))).not.toContain('"ada"');
});

test("what a person left at the page is theirs to see, and goes with them", async () => {
  const [ada, ben] = ["ada", "ben"].map((userId) => ({ userId, name: userId, guildIds: ["g"] }));
  if (!ada || !ben) throw new Error("nobody");
  const [session, other] = [await store.signIns.begin(ada), await store.signIns.begin(ben)];
  await store.accessTokens.make(ada, { name: "nightly", scopes: ["moods:read"], expiresAt: null });
  expect(await store.histories.onPage("ada")).toMatchObject({
    signIns: [{ createdAt: expect.any(Date) }],
    accessTokens: [{ name: "nightly", lastUsedAt: null }],
  });
  await store.histories.forget("ada");
  expect(await store.histories.onPage("ada")).toEqual({ signIns: [], accessTokens: [] });
  expect(await store.signIns.find(session)).toBeUndefined();
  expect(await store.signIns.find(other)).toMatchObject({ userId: "ben" });
});

test("corrections are the subject's alone", async () => {
  await hear("1");
  expect(await store.corrections.save("1", "bert", "anger")).toBe(false);
  expect(await store.corrections.save("2", "ada", "anger")).toBe(false);
  expect(await store.corrections.save("1", "ada", "anger")).toBe(true);
  expect(await store.corrections.save("1", "ada", "fear")).toBe(true);
  const correction = { clipId: "1", subjectId: "ada", label: "fear", createdAt: now };
  expect(await store.corrections.ofSubject("ada")).toEqual([correction]);
  expect(await store.corrections.find("1")).toEqual(correction);
});

test("clips go when their server wants it, and elsewhere after thirty days; corrections go with them", async () => {
  await store.guilds.change("brief", "mod", () => ({ retentionDays: 1 }));
  await store.guilds.change("long", "mod", () => ({ retentionDays: 90 }));
  await store.guilds.change("never", "mod", () => ({ retentionDays: 0 }));
  for (const guildId of ["brief", "long", "never", "unset"]) await hear(guildId, { ...ADA, guildId });
  await hear("direct", { source: "command", subjectId: "ada" });
  await hear("forgotten");
  await store.clips.forget("forgotten");
  await store.corrections.save("brief", "ada", "fear");
  const left = async () => {
    await store.clips.deleteExpired();
    return (await query(address, "select id from clips order by id")).map(({ id }) => id);
  };
  later(HOUR_MS);
  // It may still be under way.
  expect(await left()).toEqual(["brief", "direct", "forgotten", "long", "never", "unset"]);
  later(1);
  expect(await left()).toEqual(["brief", "direct", "long", "unset"]);
  later(DAY_MS - HOUR_MS - 1);
  expect(await left()).toEqual(["direct", "long", "unset"]);
  expect(await store.corrections.ofSubject("ada")).toEqual([]);
  later(29 * DAY_MS - 1);
  expect(await left()).toEqual(["direct", "long", "unset"]);
  later(1);
  expect(await left()).toEqual(["long"]);
  later(60 * DAY_MS);
  expect(await left()).toEqual([]);
});

test("people are analysed when somebody asks, and live only with a yes", async () => {
  expect(await store.consents.of("ada")).toEqual({ live: false, optedOut: false, changedAt: null });
  for (const [choice, consent] of [
    ["live", { live: true, optedOut: false }],
    ["nothing", { live: false, optedOut: true }],
    ["asked", { live: false, optedOut: false }],
  ] as const) {
    expect(await store.consents.choose("ada", choice)).toEqual({ ...consent, changedAt: now });
    expect(await store.consents.of("ada")).toEqual({ ...consent, changedAt: now });
    later(1000);
  }
  expect(await store.consents.of("bert")).toEqual({ live: false, optedOut: false, changedAt: null });
});

test("each changed setting leaves one audit row, in its own server", async () => {
  const before = await store.guilds.settings("choir");
  expect(await store.guilds.settings(null)).toEqual(before);
  const automatic = [{ channelId: "c", answer: "reply" } as const];
  const after = await store.guilds.change("choir", "mod", () => ({ language: "de", answers: "public", automatic }));
  expect(after).toEqual({ ...before, language: "de", automatic });
  expect(await store.guilds.settings("choir")).toEqual(after);
  expect(await store.guilds.settings("band")).toEqual(before);
  const rows = [
    { action: "automatic", from: [], to: automatic },
    { action: "language", from: null, to: "de" },
  ].map((row) => ({ ...row, guildId: "choir", actorId: "mod", at: now }));
  expect(await store.audit.of("choir", 10)).toEqual(rows);
  expect(await store.audit.of("choir", 1)).toHaveLength(1);
  expect(await store.audit.by("mod")).toEqual(rows);
  expect(await store.audit.of("band", 10)).toEqual([]);
});

test("changes at the same time don't undo one another, and senseless ones change nothing", async () => {
  const add = (channelId: string) =>
    store.guilds.change("choir", "mod", ({ automatic }) => ({
      automatic: [...automatic, { channelId, answer: "reaction" }],
    }));
  await Promise.all(["a", "b", "c", "d", "e"].map(add));
  const { automatic } = await store.guilds.settings("choir");
  expect(automatic.map(({ channelId }) => channelId).toSorted()).toEqual(["a", "b", "c", "d", "e"]);
  await expect(store.guilds.change("choir", "mod", () => ({ retentionDays: -1 }))).rejects.toThrow();
  expect(await store.audit.of("choir", 10)).toHaveLength(5);
});

test("a server's first notice is claimed once", async () => {
  expect(await Promise.all([1, 2, 3].map(() => store.guilds.claimNotice("choir")))).toEqual(
    expect.arrayContaining([true, false, false]),
  );
  expect(await store.guilds.claimNotice("choir")).toBe(false);
  await store.guilds.releaseNotice("choir");
  await store.guilds.change("choir", "mod", () => ({ language: "de" }));
  expect(await store.guilds.claimNotice("choir")).toBe(true);
  expect(await store.guilds.settings("choir")).toMatchObject({ language: "de" });
});
