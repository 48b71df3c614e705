/** Reads docker-compose.yml as Compose would: anchors merged, variables filled in, and refused where one must be set. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const service = z.object({
  image: z.string(),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  stop_grace_period: z.string().optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  deploy: z.object({ resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }) }),
});

const file = z.object({ services: z.record(z.string(), service) });

/** One service of the file. */
export type ComposeService = z.infer<typeof service>;

const ROOT = join(import.meta.dirname, "..", "..");

/**
 * The services, with `env` filled in.
 * @throws Error with the file's own words when a variable that must be set isn't.
 */
export async function readComposeFile(
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, ComposeService>>> {
  const text = await readFile(join(ROOT, "docker-compose.yml"), "utf8");
  return file.parse(filled(parse(text, { merge: true }), env)).services;
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?complaint}`, the three forms that the file uses. */
const VARIABLE = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

function filled(value: unknown, env: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") {
    return value.replace(VARIABLE, (_, name: string, form: string | undefined, words: string | undefined) => {
      const given = env[name];
      if (given) return given;
      if (form === "?") throw new Error(`${name}: ${words}`);
      return words ?? "";
    });
  }
  if (Array.isArray(value)) return value.map((each) => filled(each, env));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, env)]));
}
