import { afterEach, beforeEach, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { DatabaseError, openStore, type Store } from "../../src/store/index.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

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

test("a clip is accepted once, however often it is asked for", async () => {
  await store.clips.accept("7");
  now = new Date("2026-01-02T12:00:00Z");
  await store.clips.accept("7");
  const clip = { id: "7", status: "waiting", reading: null, error: null, attribution: null, answeredAt: null };
  expect(await store.clips.find("7")).toEqual({ ...clip, createdAt: new Date("2026-01-01T12:00:00Z") });
  expect(await store.clips.find("8")).toBeUndefined();
});

test("a reading comes back as it was saved", async () => {
  await store.clips.accept("7");
  await store.clips.saveReading("7", SAMPLE_READING);
  expect(await store.clips.find("7")).toMatchObject({ status: "done", reading: SAMPLE_READING, error: null });
});

test("an error comes back with its sentence", async () => {
  await store.clips.accept("7");
  await store.clips.saveError("7", new UserError("too-large", { limit: "5 MiB" }));
  const clip = await store.clips.find("7");
  expect(clip).toMatchObject({ status: "failed", reading: null });
  expect(clip?.error?.message).toBe("This file is larger than 5 MiB. Send a smaller one.");
});

test("an error of a newer version says that we gave up", async () => {
  await store.clips.accept("7");
  await query(address, "update clips set status = 'failed', error_code = 'from-the-future'");
  expect((await store.clips.find("7"))?.error?.code).toBe("gave-up");
});

test("the first outcome and the first answer stay", async () => {
  await store.clips.accept("7");
  await store.clips.saveReading("7", SAMPLE_READING);
  await store.clips.saveReading("7", { ...SAMPLE_READING, label: "anger" });
  await store.clips.saveError("7", new UserError("gave-up"));
  await store.clips.markAnswered("7");
  const answeredAt = now;
  now = new Date("2026-01-02T12:00:00Z");
  await store.clips.markAnswered("7");
  const clip = await store.clips.find("7");
  expect(clip).toMatchObject({ status: "done", answeredAt });
  expect(clip?.reading?.label).toBe("happiness");
});

test("old uploads are deleted, younger ones kept", async () => {
  for (const [id, time] of [
    ["old", "10:59:59"],
    ["young", "11:00:01"],
  ] as const) {
    now = new Date(`2026-01-01T${time}Z`);
    await store.uploads.keep(id, Buffer.from(id));
  }
  expect(await store.uploads.deleteOlderThan(new Date("2026-01-01T11:00:00Z"))).toBe(1);
  expect(await store.uploads.fetch("old")).toBeUndefined();
  expect(await store.uploads.fetch("young")).toEqual(Buffer.from("young"));
});

test("an upload comes back byte for byte, and goes for good", async () => {
  const whole = Uint8Array.from({ length: 100_000 }, (_, i) => i * 7);
  await store.uploads.keep("u", whole.subarray(1000));
  const kept = await store.uploads.fetch("u");
  expect(Buffer.compare(Buffer.from(kept ?? []), whole.subarray(1000))).toBe(0);
  await store.uploads.discard("u");
  await store.uploads.discard("u");
  expect(await store.uploads.fetch("u")).toBeUndefined();
});

test("several processes may bring the tables up to date at the same time", async () => {
  const fresh = await postgres.createDatabase();
  const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(fresh)));
  await Promise.all(stores.map((each) => each.ping()));
  await Promise.all(stores.map((each) => each.close()));
  expect(await query(fresh, "select count(*)::int as rows from schema_version")).toEqual([{ rows: 1 }]);
});

test("a database of a newer Timbre is left alone", async () => {
  await query(address, "update schema_version set version = 999");
  await expect(openStore(address)).rejects.toThrow(DatabaseError);
  await expect(openStore(address)).rejects.toThrow(/newer Timbre/);
  expect(await query(address, "select version from schema_version")).toEqual([{ version: 999 }]);
});

test("a database that isn't there is said in a sentence", async () => {
  await expect(openStore("postgresql://nobody@127.0.0.1:1/none")).rejects.toThrow(/can't be used.*DATABASE_URL/);
});
