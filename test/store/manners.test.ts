import { beforeEach, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";

const postgres = postgresForFile();
let connectionString: string;
let nowMs: number;
let store: Store;
let other: Store;

beforeEach(async () => {
  connectionString = await postgres.createDatabase();
  nowMs = Date.parse("2026-05-01T12:00:00Z");
  const options = { now: () => new Date(nowMs) };
  store = await openStore(connectionString, options);
  other = await openStore(connectionString, options);
  return async () => {
    await store.close();
    await other.close();
  };
});

const person = { key: "person-1", count: 3, perMs: 60_000 };
const server = { key: "server-1", count: 4, perMs: 60_000 };

test("a rate allows so many at once, wherever they are counted, and then one as each becomes free", async () => {
  const taken = await Promise.all([store, other, store].map(({ rates }) => rates.take([person])));
  expect(taken).toEqual([undefined, undefined, undefined]);
  expect(await other.rates.take([person])).toEqual({ key: "person-1", freeAt: new Date(nowMs + 20_000) });
  nowMs += 20_000;
  expect(await store.rates.take([person])).toBeUndefined();
  expect(await store.rates.take([person])).toEqual({ key: "person-1", freeAt: new Date(nowMs + 20_000) });
  nowMs += 60_000;
  for (let count = 0; count < 3; count++) expect(await store.rates.take([person])).toBeUndefined();
});

test("who is refused by one rate keeps the others", async () => {
  for (let count = 0; count < 4; count++) await store.rates.take([server]);
  expect(await store.rates.take([person, server])).toMatchObject({ key: "server-1" });
  for (let count = 0; count < 3; count++) expect(await store.rates.take([person])).toBeUndefined();
});

test("nothing is kept of a rate that is whole again", async () => {
  await store.rates.take([person]);
  expect(await store.rates.deleteWhole()).toBe(0);
  nowMs += 20_000;
  expect(await store.rates.deleteWhole()).toBe(1);
});

test("each server's clips follow one another, and a new server's come right after the one being heard", async () => {
  const turns = [];
  for (let count = 0; count < 5; count++) turns.push(await store.turns.next("a"));
  expect(turns).toEqual([1, 2, 3, 4, 5]);
  expect(await other.turns.next("b")).toBe(1);
  await store.turns.reached(3);
  await store.turns.reached(2);
  expect(await other.turns.next("b")).toBe(4);
  expect(await other.turns.next("a")).toBe(6);
});

test("nothing is kept of whom no clip is waiting", async () => {
  await store.turns.next("a");
  await store.turns.next("b");
  await store.turns.next("b");
  await store.turns.reached(1);
  const rows = await query(connectionString, "select who from turns where who <> ''");
  expect(rows).toEqual([{ who: "b" }]);
});
