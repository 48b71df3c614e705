import { afterAll } from "vitest";
import { startTestPostgres, type TestDatabases, type TestPostgres } from "./postgres.ts";

/**
 * An embedded PostgreSQL for the tests of the file that calls this: it starts when the first database is wanted, and
 * stops after all that the file closes in hooks of its own.
 */
export function postgresForFile(): TestDatabases {
  let starting: Promise<TestPostgres> | undefined;
  afterAll(async () => (await starting)?.stop());
  return {
    async createDatabase() {
      starting ??= startTestPostgres();
      return (await starting).createDatabase();
    },
  };
}
