/** How Timbre itself is doing. */

import { explain } from "../../i18n/index.ts";
import { revive } from "./answers.ts";
import type { DashboardParts } from "./parts.ts";
import type { Serve } from "./serve.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Adds the endpoints. */
export function addSystem(serve: Serve, parts: DashboardParts, describe: () => unknown): void {
  const { store, now, model, modelCard } = parts;
  serve("system", async ({ t }) => {
    const before = (ms: number) => new Date(now().getTime() - ms);
    const [queues, [lastMinute = 0, lastHour = 0, lastDay = 0], failures] = await Promise.all([
      parts.depths(),
      store.outcomes.readSince([before(MINUTE_MS), before(HOUR_MS), before(DAY_MS)]),
      store.outcomes.failuresSince(before(DAY_MS)),
    ]);
    return {
      queues: [...queues],
      heard: { lastMinute, lastHour, lastDay },
      failures: failures.map(({ code, count, lastAt }) => ({
        ...{ code, message: explain(revive(code), t), count, lastAt: lastAt.toISOString() },
      })),
      model: { name: model.name, version: model.version, card: modelCard },
    };
  });
  serve("openapi", async ({ reply }) => reply.send(describe()));
  serve("alive", async () => ({ status: "ok" }));
}
