/** The environment, read once, checked, and made into one typed object. Only `main` and `cli` read it. */

import { join, resolve } from "node:path";
import { z } from "zod";

const list = (value: string) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

const wholeNumber = z.coerce.number().int().positive();

const environment = z.object({
  /** Folder for everything that Timbre keeps. */
  TIMBRE_DATA: z.string().min(1).default("./data"),
  /** Model folder (`model.onnx` and `model.json`). */
  TIMBRE_MODEL: z.string().min(1).optional(),
  /** Where people reach the page, if not at the address that it listens on, e.g. `https://timbre.example`. */
  TIMBRE_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url).origin)
    .optional(),
  /** Hosts in networks of one's own, with their ports, that webhooks may reach. */
  TIMBRE_WEBHOOK_HOSTS: z.string().default("").transform(list),
  /** Address that the page listens on. */
  TIMBRE_HOST: z.string().min(1).default("127.0.0.1"),
  /** Port of the page; 0 takes a free one. */
  TIMBRE_PORT: z.coerce.number().int().min(0).max(65_535).default(4747),
  /** Longest recording that is analysed, in seconds. */
  TIMBRE_MAX_SECONDS: wholeNumber.default(600),
  /** Largest file that is fetched or uploaded, in MiB. */
  TIMBRE_MAX_MIB: wholeNumber.default(100),
  /** Threads that analyse at the same time. */
  TIMBRE_THREADS: wholeNumber.default(1),
  /** Hosts from which attachments may be fetched. */
  TIMBRE_FETCH_HOSTS: z.string().default("cdn.discordapp.com,media.discordapp.net").transform(list),
  /** Address and port of /livez, /readyz and /metrics; 0 takes a free port and logs it. Shards take the next ports. */
  TIMBRE_STATUS_HOST: z.string().min(1).default("127.0.0.1"),
  TIMBRE_STATUS_PORT: z.coerce.number().int().min(0).max(65_000).default(0),
  /** OpenTelemetry collector (OTLP over HTTP) for traces of jobs; none when empty. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** PostgreSQL; the embedded server when empty. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, "must be the address of a PostgreSQL server, postgresql://…")
    .optional(),
  /** Redis for the queue; the database when empty. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** The bot's token; without it no bot runs. */
  DISCORD_TOKEN: z.string().min(1).optional(),
  /** The application's client secret: with it, people sign in to the page through Discord. */
  DISCORD_CLIENT_SECRET: z.string().min(1).optional(),
  /** Discord's REST address; changed only to talk to a local Discord. */
  DISCORD_API: z.url().default("https://discord.com/api"),
  /** How many clips one person, and one server, may ask for in ten minutes. */
  TIMBRE_CLIPS_PER_PERSON: wholeNumber.default(20),
  TIMBRE_CLIPS_PER_SERVER: wholeNumber.default(200),
  /** Into how many processes the bot is split, or `auto`; one when empty. */
  TIMBRE_SHARDS: z.union([z.literal("auto"), wholeNumber]).optional(),
  /** Set by discord.js' manager for each of these processes. */
  SHARDING_MANAGER: z.string().optional(),
  SHARDS: z.coerce.number().int().min(0).optional(),
  /** How much is logged. */
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

/** Set by discord.js for its own processes, and by nobody else. */
const INTERNAL: readonly string[] = ["SHARDING_MANAGER", "SHARDS"];
/** The names of all settings that people can make. */
export const SETTINGS: readonly string[] = environment.keyof().options.filter((name) => !INTERNAL.includes(name));

/** Everything that can be set from outside. */
export interface Config {
  readonly dataDir: string;
  readonly modelDir: string;
  readonly host: string;
  readonly port: number;
  readonly statusHost: string;
  readonly statusPort: number;
  readonly otlpEndpoint: string | undefined;
  readonly maxDurationMs: number;
  readonly maxBytes: number;
  readonly threads: number;
  readonly fetchHosts: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly webhookHosts: readonly string[];
  readonly discordToken: string | undefined;
  readonly discordClientSecret: string | undefined;
  readonly discordApi: string;
  readonly clipLimits: { readonly perPerson: number; readonly perServer: number };
  /** Into how many processes the bot is split; undefined where it isn't. */
  readonly shards: number | "auto" | undefined;
  /** Which of these processes this is; undefined where it is none. */
  readonly shard: number | undefined;
  readonly logLevel: z.infer<typeof environment>["LOG_LEVEL"];
}

/** The environment holds a value that makes no sense; the message says which and why. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** The model that ships with Timbre. */
export const SHIPPED_MODEL_DIR = join(import.meta.dirname, "..", "models", "timbre-1");

/**
 * Reads the environment. An empty variable counts as not set, as compose files write it.
 * @throws ConfigError naming every variable that is wrong.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigError(`These settings make no sense:\n  ${lines.join("\n  ")}`);
  }
  const values = parsed.data;
  const shard = values.SHARDING_MANAGER ? values.SHARDS : undefined;
  return {
    dataDir: resolve(values.TIMBRE_DATA),
    modelDir: resolve(values.TIMBRE_MODEL ?? SHIPPED_MODEL_DIR),
    host: values.TIMBRE_HOST,
    port: values.TIMBRE_PORT,
    statusHost: values.TIMBRE_STATUS_HOST,
    statusPort: values.TIMBRE_STATUS_PORT && values.TIMBRE_STATUS_PORT + (shard === undefined ? 0 : shard + 1),
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    maxDurationMs: values.TIMBRE_MAX_SECONDS * 1000,
    maxBytes: values.TIMBRE_MAX_MIB * 1024 * 1024,
    threads: values.TIMBRE_THREADS,
    fetchHosts: values.TIMBRE_FETCH_HOSTS,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    publicUrl: values.TIMBRE_URL,
    webhookHosts: values.TIMBRE_WEBHOOK_HOSTS,
    discordToken: values.DISCORD_TOKEN,
    discordClientSecret: values.DISCORD_CLIENT_SECRET,
    discordApi: values.DISCORD_API,
    clipLimits: { perPerson: values.TIMBRE_CLIPS_PER_PERSON, perServer: values.TIMBRE_CLIPS_PER_SERVER },
    shards: values.TIMBRE_SHARDS,
    shard,
    logLevel: values.LOG_LEVEL,
  };
}
