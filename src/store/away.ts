/** Tells a database that is away for now from a question that is wrong. */

import pg from "pg";

/** The database can't work just now: it is down, cut off, full or read-only. Later it may. */
export class DatabaseAwayError extends Error {
  override readonly name = "DatabaseAwayError";
}

/**
 * PostgreSQL's classes of errors (its manual, appendix A) that are about the server and not the question: connections,
 * resources such as disk and memory, an operator's intervention, system errors, internal ones; read-only; and a transaction
 * that was undone because its process slept.
 */
const PASSING = /^(08|53|57|58|XX|25006|25P03)/;

/** Has a pool's connections say of their errors whether the database is away. Kysely is all that may use the pool. */
export function tellAway(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool);
  Object.assign(pool, { connect: () => connect().catch(refuse) });
  pool.on("connect", (client) => {
    const query = client.query.bind(client);
    // Kysely asks with a text and parameters, and always wants a promise.
    Object.assign(client, {
      query: (text: string, parameters?: unknown[]) =>
        query(text, parameters).catch((error: unknown) => {
          // Given up, or the pool would hand it out again, and the next question would wait behind this one.
          if (!(error instanceof pg.DatabaseError)) void client.end();
          refuse(error);
        }),
    });
  });
}

function refuse(error: unknown): never {
  throw isPassing(error) ? new DatabaseAwayError(`The database is away: ${String(error)}`, { cause: error }) : error;
}

/** What comes from the server has a code of its own; anything else is about the way there. */
function isPassing(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || PASSING.test(error.code ?? "");
}
