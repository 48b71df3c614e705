import { execFile } from "node:child_process";
import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { startEmbeddedPostgres } from "../../src/store/index.ts";
import { botForTest, discordForTest } from "../bot/start.ts";
import { HAS_REDIS, startTestRedis } from "../support/redis.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const TIMBRE = join(ROOT, "src", "cli", "timbre.ts");
const report = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({ check: z.string(), status: z.string(), message: z.string(), fix: z.string().optional() }),
  ),
});

let folder: TemporaryFolder;
let dataDir: string;

beforeEach(async () => {
  folder = temporaryFolder();
  // As root, PostgreSQL runs as another user, who has to get through.
  await chmod(folder.path, 0o711);
  dataDir = join(folder.path, "data");
});

afterEach(() => folder.remove());

/** Runs the command, and gives its exit code and what it says. */
function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<{ code: number; text: string }> {
  const all = { PATH: process.env["PATH"] ?? "", TIMBRE_DATA: dataDir, ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, [TIMBRE, "doctor", ...args], { cwd: folder.path, env: all }, (error, text) =>
      resolve({ code: Number(error?.code ?? 0), text }),
    );
  });
}

async function doctor(env: Readonly<Record<string, string>> = {}) {
  const { code, text } = await run(["--json"], env);
  const { ok, findings } = report.parse(JSON.parse(text));
  expect(code).toBe(ok ? 0 : 1);
  return { ok, of: (check: string) => findings.find((finding) => finding.check === check) };
}

test("a fresh copy is well, and nothing is made by looking at it", async () => {
  const { ok, of } = await doctor();
  expect(ok).toBe(true);
  for (const check of ["Node", "Model", "Data folder", "Disk", "Database"]) expect(of(check)?.status).toBe("ok");
  expect(of("Data folder")?.message).toContain("will be made");
  expect(of("Discord")?.status).toBe("skipped");
  const { code, text } = await run([], {});
  expect(code).toBe(0);
  expect(text).toContain("All is well.");
  expect(text).toContain("will be made at the first start");
});

test("the embedded database is looked at while it runs, and when it doesn't", async () => {
  const server = await startEmbeddedPostgres(dataDir);
  expect((await doctor()).of("Database")).toMatchObject({
    status: "ok",
    message: expect.stringMatching(/^PostgreSQL \d/),
  });
  await server.stop();
  const { of } = await doctor();
  expect(of("Database")).toMatchObject({ status: "ok", message: expect.stringMatching(/^PostgreSQL \d/) });
  expect(of("Queue")?.status).toBe("ok");
});

test("a bot that is set up is well", async () => {
  const discord = await discordForTest({ messageContent: true });
  const { bot } = await botForTest(discord);
  await bot.close();
  const { of } = await doctor({ DISCORD_TOKEN: discord.token, DISCORD_API: discord.api });
  for (const check of ["Discord", "Intents", "Commands"]) expect(of(check)?.status).toBe("ok");
  expect(of("Installation")).toMatchObject({ status: "warning", message: expect.stringContaining("for themselves") });
});

test("what the bot lacks is a warning with what to do, a token that is wrong a failure", async () => {
  const discord = await discordForTest();
  const { ok, of } = await doctor({ DISCORD_TOKEN: discord.token, DISCORD_API: discord.api });
  expect(ok).toBe(true);
  for (const check of ["Intents", "Commands"])
    expect(of(check)).toMatchObject({ status: "warning", fix: expect.stringContaining("timbre setup") });

  for (const [token, words] of [
    ["wrong.to.ken", "doesn't know this token"],
    ["nonsense", "isn't a bot's token"],
  ]) {
    const wrong = await doctor({ DISCORD_TOKEN: token ?? "", DISCORD_API: discord.api });
    expect(wrong.ok).toBe(false);
    expect(wrong.of("Discord")).toMatchObject({ status: "failed", message: expect.stringContaining(words ?? "") });
  }
  const away = await doctor({ DISCORD_TOKEN: discord.token, DISCORD_API: "http://127.0.0.1:9/api" });
  expect(away.of("Discord")?.message).toContain("can't be reached");
});

test("servers that are away, and a model that was changed, are failures", async () => {
  const model = join(folder.path, "model");
  await cp(join(ROOT, "models", "timbre-1"), model, { recursive: true });
  await writeFile(join(model, "model.onnx"), "something else");
  const { ok, of } = await doctor({
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
    REDIS_URL: "redis://127.0.0.1:1",
    TIMBRE_MODEL: model,
  });
  expect(ok).toBe(false);
  expect(of("Model")).toMatchObject({ status: "failed", message: expect.stringContaining("sha256") });
  expect(of("Database")).toMatchObject({ status: "failed", fix: expect.stringContaining("DATABASE_URL") });
  expect(of("Queue")).toMatchObject({ status: "failed", message: expect.stringContaining("ECONNREFUSED") });
});

test("a data folder that others may write into is a warning", async () => {
  await mkdir(dataDir);
  await chmod(dataDir, 0o777);
  expect((await doctor()).of("Data folder")).toMatchObject({ status: "warning", fix: `chmod go-w ${dataDir}` });
});

test.skipIf(!HAS_REDIS)("a Redis is looked at", async () => {
  const redis = await startTestRedis();
  try {
    expect((await doctor({ REDIS_URL: redis.url })).of("Queue")).toMatchObject({
      status: "ok",
      message: expect.stringMatching(/^in Redis \d/),
    });
  } finally {
    await redis.stop();
  }
});
