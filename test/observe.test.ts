/** What whoever runs Timbre sees of it: probes, metrics, logs and traces, from real processes. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type LocalDiscord, startLocalDiscord } from "./discord/index.ts";
import { Journal } from "./discord/journal.ts";
import { startTestServer } from "./support/http-server.ts";
import { startTestPostgres } from "./support/postgres.ts";
import { openTcpDoor } from "./support/tcp-door.ts";
import { startTimbre, type TimbreProcess } from "./support/timbre-process.ts";

const bytes = await readFile(join(import.meta.dirname, "fixtures", "voice.ogg"));
const span = z.object({ traceId: z.string(), name: z.string(), parentSpanId: z.string().optional() });
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.unknown()) }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

let discord: LocalDiscord;
let bot: TimbreProcess;
let worker: TimbreProcess;
const spans = new Journal<z.infer<typeof span>>();
const opened = new AsyncDisposableStack();

/** Where a process says that its status is. */
async function statusOf(process: TimbreProcess): Promise<string> {
  const line = await process.logged.find((each) => each.includes("status is served"), "the status server");
  return z.object({ address: z.string() }).parse(JSON.parse(line)).address;
}

async function ask(process: TimbreProcess, path: string) {
  const response = await fetch(`${await statusOf(process)}${path}`);
  return { status: response.status, body: await response.text() };
}

/** A metric's value; undefined when there is no such line. */
function valueIn(metrics: string, line: string): number | undefined {
  const found = metrics.split("\n").find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length));
}

beforeAll(async () => {
  const postgres = await startTestPostgres();
  opened.defer(() => postgres.stop());
  const door = await openTcpDoor(await postgres.createDatabase());
  opened.defer(() => door.close());
  discord = await startLocalDiscord();
  opened.defer(() => discord.close());
  const collector = await startTestServer(async (request, response) => {
    for (const { scopeSpans } of exported.parse(await json(request)).resourceSpans)
      for (const each of scopeSpans.flatMap((scope) => scope.spans)) spans.push(each);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  opened.defer(() => collector.close());
  const env = {
    DATABASE_URL: door.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API: discord.api,
    TIMBRE_FETCH_HOSTS: discord.cdnHost,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.address,
    LOG_LEVEL: "trace",
  };
  worker = startTimbre(["worker"], env);
  opened.defer(() => worker.kill());
  bot = startTimbre(["bot"], env);
  opened.defer(() => bot.kill());
  await bot.said.find((line) => line.includes("logged in"), "the bot to log in");

  discord.fail({ route: /@original$/, kind: 429 });
  const asked = discord.user("Zaphod Beeblebrox").slash("emotion", { clip: { name: "my-secret-diary.ogg", bytes } });
  expect((await asked.edited()).embeds).toHaveLength(1);
  return () => opened.disposeAsync();
}, 120_000);

test("every role says that it lives and that it is ready", async () => {
  for (const [role, checks] of [
    [bot, { database: "ok", queue: "ok", discord: "ok" }],
    [worker, { database: "ok", queue: "ok" }],
  ] as const) {
    expect(await ask(role, "/livez")).toMatchObject({ status: 200 });
    const { status, body } = await ask(role, "/readyz");
    expect({ status, ...JSON.parse(body) }).toEqual({ status: "ready", checks });
  }
});

test("metrics have names with units, and count what happened", async () => {
  // The person has the answer a moment before the queue knows.
  await worker.logged.find((line) => line.includes("clip is done"), "the clip's last line");
  const active = 'timbre_queue_jobs{queue="clips",state="active"}';
  await expect.poll(async () => valueIn((await ask(worker, "/metrics")).body, active)).toBe(0);
  const { body } = await ask(worker, "/metrics");
  expect(valueIn(body, 'timbre_clips_total{outcome="read"}')).toBe(1);
  for (const stage of ["wait", "fetch", "analysis", "decode", "inference", "profile", "answer"])
    expect(valueIn(body, `timbre_clip_stage_seconds_count{stage="${stage}"}`), stage).toBe(1);
  expect(valueIn(body, "timbre_audio_analysed_seconds_total")).toBeCloseTo(5.3, 0);
  expect(valueIn(body, "timbre_clip_answer_seconds_count")).toBe(1);
  expect(valueIn(body, 'timbre_queue_head_age_seconds{queue="clips"}')).toBe(0);
  expect(valueIn(body, 'timbre_discord_responses_total{status="429"}')).toBe(1);
  expect(valueIn(body, 'timbre_discord_rate_limits_total{scope="route",method="PATCH"}')).toBeGreaterThan(0);
  expect(valueIn(body, "process_resident_memory_bytes")).toBeGreaterThan(1e6);
  const ofBot = await ask(bot, "/metrics");
  expect(valueIn(ofBot.body, 'timbre_discord_responses_total{status="200"}')).toBeGreaterThan(0);
  expect(valueIn(ofBot.body, "timbre_voice_audio_received_ratio")).toBeNaN();
});

test("one id leads through the logs from the interaction to the reply, and nothing in them is personal", async () => {
  const done = await worker.logged.find((line) => line.includes("clip is done"), "the clip's last line");
  const { trace } = z.object({ trace: z.string() }).parse(JSON.parse(done));
  expect(trace).toMatch(/^interaction-\d+$/);
  const asked = await bot.logged.find((line) => line.includes("clip is asked for"), "the clip's first line");
  expect(JSON.parse(asked)).toMatchObject({ trace });
  const log = [...bot.logged.entries, ...worker.logged.entries].join("\n");
  const token = /webhooks\/\d+\/([^/]+)\//.exec(discord.requests.entries.map(({ path }) => path).join("\n"))?.[1];
  expect(token).toBeTypeOf("string");
  for (const secret of ["Zaphod", "diary", "/attachments/", discord.token, token ?? ""]) {
    expect(log.includes(secret), `${secret} in the log`).toBe(false);
  }
});

test("a job's span in the worker belongs to the bot's trace", async () => {
  // What isn't sent yet is sent when they stop.
  expect([await bot.stop(), await worker.stop()]).toEqual([0, 0]);
  const added = await spans.find(({ name }) => /^add clips/.test(name), "the bot's span");
  const processed = await spans.find(
    ({ name, traceId }) => /^process clips/.test(name) && traceId === added.traceId,
    "the worker's span",
  );
  expect(processed.parentSpanId).toBeDefined();
});
