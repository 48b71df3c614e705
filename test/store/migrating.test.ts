import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { startChild } from "../support/child.ts";
import { query } from "../support/postgres.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";

const postgres = postgresForFile();

test("ten processes that start at once on an empty database make its tables once, and all of them start", async () => {
  const connectionString = await postgres.createDatabase();
  const file = join(import.meta.dirname, "migrating-child.ts");
  const children = Array.from({ length: 10 }, () => startChild(file, [connectionString]));
  // None goes before all are there.
  expect(await Promise.all(children.map((child) => child.next()))).toEqual(Array(10).fill("here"));
  for (const { process } of children) process.send("go");
  expect(await Promise.all(children.map((child) => child.next()))).toEqual(Array(10).fill("started"));
  expect(await query(connectionString, "select count(*)::int as rows from schema_version")).toEqual([{ rows: 1 }]);
}, 120_000);

test("a newer database is refused with what to do, and stays as it was", async () => {
  const connectionString = await postgres.createDatabase();
  await (await openStore(connectionString)).close();
  await query(connectionString, "update schema_version set version = 1000");
  await expect(openStore(connectionString)).rejects.toThrow(/newer Timbre.*Start the newer one again/s);
  expect(await query(connectionString, "select version from schema_version")).toEqual([{ version: 1000 }]);
});
