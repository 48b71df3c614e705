/** A few of the trials of `npm run faults`, with a few clips each; all of them at length is a night's work. */

import { expect, test } from "vitest";
import { HAS_REDIS } from "../support/redis.ts";
import { tryOut } from "./verdict.ts";

const EFFORT = { clips: 12, outageMs: 3000 };

test.each(["worker-postgres", "poison", "discord-500"])(
  "%s: every accepted clip has exactly one answer",
  async (name) => {
    const givenUp = name === "poison" ? 3 : 0;
    const verdict = await tryOut(name, EFFORT);
    expect(verdict, verdict.problem).toMatchObject({
      ok: true,
      accepted: 12,
      answered: 12,
      givenUp,
      contradicted: 0,
    });
  },
  180_000,
);

test.skipIf(!HAS_REDIS)(
  "redis-empty: every accepted clip has exactly one answer",
  async () => {
    const verdict = await tryOut("redis-empty", EFFORT);
    expect(verdict, verdict.problem).toMatchObject({ ok: true, answered: 12, givenUp: 0, contradicted: 0 });
  },
  180_000,
);
