/** Runs the embedded server of a data folder until it is killed, or reports why it can't. */

import { startEmbeddedPostgres } from "../../src/store/index.ts";

try {
  const server = await startEmbeddedPostgres(process.argv[2] ?? "");
  process.send?.({ connectionString: server.connectionString });
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : "unknown" });
  process.disconnect();
}
