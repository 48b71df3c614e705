/** `timbre all | bot | worker | dashboard`: runs until it is told to stop. */

import type { Config } from "../config.ts";
import { type Role, run } from "../main.ts";

/** What stops Timbre (systemd, Docker, a person) waits for so long; whatever still runs then is cut off (ms). */
const STOP_WITHIN_MS = 9500;

/** Starts the roles and waits for SIGINT or SIGTERM, then stops them in order. */
export async function serve(role: Role | "all", config: Config): Promise<void> {
  const roles: readonly Role[] = role === "all" ? ["bot", "worker", "dashboard"] : [role];
  const starting = run(config, new Set(roles));
  const stop = () => {
    // A second signal finds the default handler again and ends the process at once.
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    // Parts have deadlines of their own that add up to less; this one is for what nobody foresaw, a hanging database.
    const tooLate = setTimeout(() => {
      console.error("Timbre couldn't stop in time. Clips under way are done by the next worker.");
      process.exit(1);
    }, STOP_WITHIN_MS);
    // Who is told to stop while it starts, stops as soon as it has started: nothing is left half open.
    starting
      .then((running) => running.close())
      .catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      })
      // A library's forgotten timer (discord.js's, when Discord is away) must not keep the process.
      .finally(() => {
        clearTimeout(tooLate);
        process.exit();
      });
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // A shard whose manager is gone has nobody left to stop it.
  process.once("disconnect", stop);
  await starting;
}
