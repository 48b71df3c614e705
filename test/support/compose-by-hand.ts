/** `npm run compose:by-hand [-- WORKERS]`: everything in docker-compose.yml without Docker, until Ctrl+C. Reads `.env`. */

import { readEnvFile } from "../../src/cli/env-file.ts";
import { startByHand } from "./by-hand.ts";
import type { TimbreProcess } from "./timbre-process.ts";

readEnvFile();
const given = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
const stack = await startByHand(Object.fromEntries(given)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

function show(name: string, { child }: TimbreProcess): void {
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => process.stdout.write(chunk.toString().replace(/^(?=.)/gm, `${name} | `)));
}

const workers = Number(process.argv[2] ?? 1);
for (let i = 1; i <= workers; i++) show(`worker_${i}`, stack.start("worker"));
show("bot", stack.start("bot"));
show("dashboard", stack.start("dashboard", { TIMBRE_PORT: process.env["TIMBRE_PORT"] ?? "" }));
process.once("SIGINT", () => void stack.close());
process.once("SIGTERM", () => void stack.close());
