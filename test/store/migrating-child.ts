/** Opens store and queue when it is told to, as every role does at its start, and reports how that went. */

import { once } from "node:events";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { openStore } from "../../src/store/index.ts";

const connectionString = process.argv[2] ?? "";
process.send?.("here");
await once(process, "message");
try {
  const store = await openStore(connectionString);
  const queue = await openClipQueue({ kind: "postgres", connectionString });
  await store.ping();
  await queue.close();
  await store.close();
  process.send?.("started");
} catch (error) {
  process.send?.(String(error));
}
process.disconnect();
