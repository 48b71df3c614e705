/** A bot in a process of its own, to be killed. */

import { pino } from "pino";
import { z } from "zod";
import { startBot } from "../../../src/bot/index.ts";
import { openStore } from "../../../src/store/index.ts";

const { connectionString, token, api } = z
  .object({ connectionString: z.string(), token: z.string(), api: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ""));

await startBot({
  ...{ token, api, maxBytes: 1024, limits: { perPerson: 1000, perServer: 1000 } },
  logger: pino({ level: "silent" }),
  store: await openStore(connectionString),
  queue: { waiting: async () => 0, enqueueClip: async () => {} },
  utterances: { enqueueUtterance: async () => {} },
});
process.send?.("ready");
