/** docker-compose.yml, Dockerfile and .env.example: what they promise, and that what they start works together. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { readConfig, SETTINGS } from "../src/config.ts";
import { startLocalDiscord } from "./discord/index.ts";
import { startByHand } from "./support/by-hand.ts";
import { readComposeFile } from "./support/compose-file.ts";
import { HAS_REDIS } from "./support/redis.ts";

const read = (name: string) => readFile(join(import.meta.dirname, "..", name), "utf8");
const SECRETS = { POSTGRES_PASSWORD: "a1", REDIS_PASSWORD: "b2", DISCORD_TOKEN: "x.y.z" };
const OURS = ["bot", "worker", "dashboard"];

test("the image, its benchmark, its fuzzer and docs/speed.md tell the C library the same about memory", async () => {
  const settingsIn = async (name: string) =>
    Array.from(
      (await read(name)).matchAll(/(MALLOC_\w+?)(?:=|: ")(\d+)/g),
      ([, setting, value]) => `${setting}=${value}`,
    );
  const image = await settingsIn("Dockerfile");
  expect(image).toHaveLength(3);
  for (const name of [join("bench", "load.ts"), "package.json", join("docs", "speed.md")]) {
    expect(await settingsIn(name), name).toEqual(image);
  }
});

test.each(Object.keys(SECRETS))("Compose refuses to start without %s, and says what to do", async (name) => {
  await expect(readComposeFile({ ...SECRETS, [name]: "" })).rejects.toThrow(`${name}: set it in .env`);
});

test("every service is limited, can't write to its own files and can't become more than it is", async () => {
  const services = await readComposeFile(SECRETS);
  expect(Object.keys(services)).toEqual(["redis", "postgres", ...OURS]);
  for (const [name, service] of Object.entries(services)) {
    expect(service, name).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      deploy: { resources: { limits: { cpus: expect.any(String), memory: expect.stringMatching(/^\d+[MG]$/) } } },
    });
    // Only the page is to be reached from outside, and that from this machine alone.
    expect(service.ports.every((port) => name === "dashboard" && port.startsWith("127.0.0.1:"))).toBe(true);
  }
  for (const name of ["redis", "postgres"]) {
    expect(services[name]?.volumes).toHaveLength(1);
    expect(services[name]?.networks).toEqual(["inside"]);
  }
  for (const name of OURS) {
    expect(services[name]).toMatchObject({
      stop_grace_period: "15s",
      depends_on: { redis: { condition: "service_healthy" }, postgres: { condition: "service_healthy" } },
    });
  }
});

test("what Compose sets are settings that Timbre has, and they make sense", async () => {
  const services = await readComposeFile(SECRETS);
  for (const name of OURS) {
    const environment = services[name]?.environment ?? {};
    expect(Object.keys(environment).filter((each) => !SETTINGS.includes(each))).toEqual([]);
    expect(readConfig(environment)).toMatchObject({ discordToken: "x.y.z", threads: 1 });
  }
});

test(".env.example explains every setting, with its true default", async () => {
  const text = await read(".env.example");
  const shown = parseEnv(text.replace(/^# (?=[A-Z_]+=)/gm, ""));
  const ofCompose = ["POSTGRES_PASSWORD", "REDIS_PASSWORD"];
  expect(Object.keys(shown).toSorted()).toEqual([...SETTINGS, ...ofCompose].toSorted());
  // Paragraphs begin with their explanation.
  for (const paragraph of text.trim().split("\n\n").slice(1)) expect(paragraph).toMatch(/^# [^=]+\.\n/);
  const { TIMBRE_MODEL: _, ...settings } = shown;
  expect(readConfig(settings)).toEqual(readConfig({}));
});

test("the image runs as nobody in particular, leaves secrets and data behind, and says when it is healthy", async () => {
  const dockerfile = await read("Dockerfile");
  expect(dockerfile.match(/^FROM /gm)).toHaveLength(2);
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toMatch(/^HEALTHCHECK .*\n.*\/readyz/m);
  expect((await read(".dockerignore")).split("\n").find((line) => !line.startsWith("#"))).toBe("*");
});

test.skipIf(!HAS_REDIS)(
  "bot, workers and dashboard of the file work together on Redis and PostgreSQL",
  async () => {
    await using opened = new AsyncDisposableStack();
    const discord = await startLocalDiscord();
    opened.defer(() => discord.close());
    const stack = await startByHand({
      ...SECRETS,
      ...{ DISCORD_TOKEN: discord.token, DISCORD_API: discord.api, TIMBRE_FETCH_HOSTS: discord.cdnHost },
    });
    opened.defer(() => stack.close());
    // All at once, as Compose does it: the first to come makes the tables.
    const workers = [stack.start("worker"), stack.start("worker")];
    const dashboard = stack.start("dashboard");
    const bot = stack.start("bot");
    await bot.said.find((line) => line.includes("logged in"), "the bot to log in");
    const bytes = await readFile(join(import.meta.dirname, "fixtures", "voice.ogg"));
    const asked = discord.user("Ada").slash("emotion", { clip: { name: "voice.ogg", bytes } });
    const answer = await asked.find((event) => "message" in event && event.message.embeds.length === 1, "the answer");
    expect(answer.kind).toBe("edited");

    const page = await dashboard.said.find((line) => line.startsWith("Timbre's page: "), "the page");
    const link = new URL(page.split(": ")[1] ?? "");
    const signedIn = await fetch(link, { redirect: "manual" });
    const headers = { cookie: signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "", origin: link.origin };
    const accepted = await fetch(new URL("/api/v1/clips", link), {
      method: "POST",
      headers: { ...headers, "content-type": "audio/ogg" },
      body: bytes,
    });
    expect(accepted.status).toBe(202);
    const clip = new URL(accepted.headers.get("location") ?? "", link);
    await expect
      .poll(async () => (await fetch(clip, { headers })).text(), { timeout: 30_000 })
      .toContain('"status":"done"');
    expect(await Promise.all([bot, dashboard, ...workers].map((each) => each.stop()))).toEqual([0, 0, 0, 0]);
  },
  120_000,
);
