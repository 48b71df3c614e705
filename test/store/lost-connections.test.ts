/** Connections that lead nowhere any more, as when a machine loses its power: nothing ends them, and nobody is told. */

import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DatabaseAwayError, openStore, type Store } from "../../src/store/index.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { openTcpDoor, type TcpDoor } from "../support/tcp-door.ts";

const postgres = postgresForFile();
let address: string;
let door: TcpDoor;
let here: Store;

beforeEach(async () => {
  address = await postgres.createDatabase();
  door = await openTcpDoor(address);
  here = await openStore(address);
});

afterEach(async () => {
  await here.close();
  await door.close();
});

/** Resolves when somebody waits for a lock in the database. */
async function somebodyWaits(): Promise<void> {
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  while ((await query(address, waiting)).length === 0) await delay(10);
}

test("who vanishes in the middle of a reading keeps nobody else from it", async () => {
  const gone = await openStore(`${door.url}?query_timeout=3000`);
  await here.clips.accept("7", { source: "command", guildId: "choir" });
  // Held up behind this one, the reading is half saved when its way back is cut.
  const before = new pg.Client(address);
  await before.connect();
  await before.query("begin; select from clips for update");
  const lost = gone.clips.saveReading("7", SAMPLE_READING).catch((error: unknown) => error);
  await somebodyWaits();
  door.freeze();
  await before.query("rollback");
  await before.end();
  await here.clips.saveReading("7", { ...SAMPLE_READING, label: "anger" });
  expect((await here.clips.find("7"))?.reading?.label).toBe("anger");
  expect(await lost).toBeInstanceOf(DatabaseAwayError);
  await gone.close();
});

test("a connection without an answer is given up, and the next question has another", async () => {
  const store = await openStore(`${door.url}?query_timeout=500`);
  door.freeze();
  await expect(store.ping()).rejects.toThrow(DatabaseAwayError);
  await store.ping();
  await store.close();
});

test("who is killed in the middle leaves no transaction behind the door of these tests", async () => {
  const socket = new Socket();
  const killed = new pg.Client({ connectionString: door.url, stream: () => socket });
  killed.on("error", () => undefined);
  await killed.connect();
  await killed.query("begin; create table held ()");
  socket.resetAndDestroy();
  const open = "select from pg_stat_activity where datname = current_database() and state = 'idle in transaction'";
  while ((await query(address, open)).length > 0) await delay(10);
});
