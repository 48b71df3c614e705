import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";

const SOAK = join(import.meta.dirname, "..", "..", "bench", "soak-live.ts");
const figures = z.object({
  fates: z.object({ read: z.number(), unexplained: z.number() }),
  lostBehindBot: z.number(),
});

test("people talk in a channel of real processes through moves, losses and a worker's death, and nothing is lost", async () => {
  const run = promisify(execFile)(process.execPath, [SOAK, "--minutes", "0.2", "--speakers", "3"]);
  // So short a time says nothing about memory, which may be all that makes it fail.
  const { stdout } = await run.catch((failed: { readonly stdout: string }) => failed);
  const { fates, lostBehindBot } = figures.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
  expect({ unexplained: fates.unexplained, lostBehindBot }).toEqual({ unexplained: 0, lostBehindBot: 0 });
  expect(fates.read).toBeGreaterThan(0);
}, 180_000);
