/** Moves and farewells: what is exported arrives as it was, on either kind of installation. */

import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { withInstallation } from "../../src/cli/database.ts";
import { exportTo, importFrom, purge } from "../../src/cli/transfer.ts";
import { type Config, readConfig } from "../../src/config.ts";
import type { NewClipJob } from "../../src/jobs/clip-job.ts";
import { openClipConsumer } from "../../src/jobs/consumer.ts";
import { openClipQueue } from "../../src/jobs/queue.ts";
import { openSchedule } from "../../src/jobs/schedule.ts";
import { exportTables, openStore, type Store } from "../../src/store/index.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { HAS_REDIS, startTestRedis, type TestRedis } from "../support/redis.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { openTcpDoor, type TcpDoor } from "../support/tcp-door.ts";
import { temporaryFolder } from "../support/temporary.ts";

const folder = temporaryFolder();
const postgres = postgresForFile();
let redis: TestRedis | undefined;
const doors: TcpDoor[] = [];
let count = 0;

beforeAll(() => chmod(folder.path, 0o711));

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
});

afterAll(async () => {
  for (const door of doors) await door.close();
  await redis?.stop();
  await folder.remove();
});

const file = () => join(folder.path, `export-${++count}.jsonl.gz`);
const embedded = async () => readConfig({ TIMBRE_DATA: join(folder.path, `data-${++count}`) });

/** PostgreSQL over TCP, and Redis, as servers elsewhere would be. */
async function servers(): Promise<Config> {
  const door = await openTcpDoor(await postgres.createDatabase());
  doors.push(door);
  await redis?.stop();
  redis = HAS_REDIS ? await startTestRedis() : undefined;
  return readConfig({ DATABASE_URL: door.url, REDIS_URL: redis?.url });
}

const job = (number: number, turn: number): NewClipJob => ({
  version: 1,
  source: { kind: "upload", uploadId: `u${number}` },
  reply: { kind: "stored" },
  filename: "voice.ogg",
  turn,
});

/** Something in every table, with what is easily lost: bytes, microseconds, JSON's null, large numbers, quotes. */
async function fill(store: Store): Promise<void> {
  for (const guildId of ["choir", "band"]) {
    await store.clips.accept(`${guildId}-1`, { source: "menu", subjectId: "ada", askerId: "o'bert", guildId });
    await store.clips.saveReading(`${guildId}-1`, { ...SAMPLE_READING, confidence: 0.1 + 0.2 });
    await store.corrections.save(`${guildId}-1`, "ada", "anger");
    await store.guilds.change(guildId, "ada", () => ({ language: "de", alertChannelId: "9".repeat(19) }));
    await store.guilds.change(guildId, "ada", () => ({ language: null }));
    await store.rates.take([{ key: `server-${guildId}`, count: 3, perMs: 1_000_003 }]);
    await store.turns.next(`server-${guildId}`);
    const id = `${guildId}-session`;
    await store.live.start({ id, guildId, channelId: "v", textChannelId: "t", startedBy: "ada" });
    await store.live.choose(id, "ada", true);
  }
  await store.clips.accept("waits");
  await store.consents.choose("ada", "live");
  await store.uploads.keep(
    "u1",
    Uint8Array.from({ length: 256 }, (_, i) => i),
  );
}

async function contentOf(config: Config): Promise<readonly string[]> {
  return withInstallation(config, async ({ connectionString }) => {
    const lines: string[] = [];
    for await (const step of exportTables(connectionString)) lines.push(JSON.stringify(step));
    return lines;
  });
}

test("embedded to servers and back to embedded: every row and every waiting clip arrives as it was", async () => {
  const [home, away, again] = [await embedded(), await servers(), await embedded()];
  await withInstallation(home, async ({ store, backend }) => {
    await fill(store);
    const queue = await openClipQueue(backend);
    for (const [number, turn] of [
      [1, 20],
      [2, 10],
    ] as const)
      await queue.enqueueClip(`clip-${number}`, job(number, turn));
    await queue.close();
  });
  const before = await contentOf(home);
  const tables = before.filter((line) => line.includes('"table"'));
  expect(tables.length).toBeGreaterThanOrEqual(12);

  const [out, back] = [file(), file()];
  await exportTo(out, home);
  await importFrom(out, away);
  expect(await contentOf(away)).toEqual(before);
  await exportTo(back, away);
  await importFrom(back, again);
  expect(await contentOf(again)).toEqual(before);

  await withInstallation(again, async ({ store, backend }) => {
    // Numbers that the database gives out go on.
    await store.guilds.change("choir", "ada", () => ({ language: "fr" }));
    expect(await store.audit.of("choir", 1)).toMatchObject([{ action: "language", to: "fr" }]);
    const taken: [string, unknown][] = [];
    const both = Promise.withResolvers<void>();
    const consumer = await openClipConsumer(backend, {
      abandoned: async () => undefined,
      onError: () => undefined,
      async process({ id, data }) {
        taken.push([id, data]);
        if (taken.length === 2) both.resolve();
      },
    });
    await both.promise;
    await consumer.close();
    // In the order of their turns.
    expect(taken).toEqual([
      ["clip-2", job(2, 10)],
      ["clip-1", job(1, 20)],
    ]);
  });
}, 120_000);

test("an export is for its owner's eyes only, and overwrites nothing", async () => {
  const home = await servers();
  const path = file();
  await exportTo(path, home);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const before = await readFile(path);
  await expect(exportTo(path, home)).rejects.toThrow(/Choose a file that isn't there yet/);
  expect(await readFile(path)).toEqual(before);
});

test("only a whole export goes into an empty database, else nothing of it", async () => {
  const home = await servers();
  await withInstallation(home, ({ store }) => fill(store));
  const path = file();
  await exportTo(path, home);
  await expect(importFrom(path, home)).rejects.toThrow(/isn't empty/);

  const away = await servers();
  const empty = await contentOf(away);
  const lines = gunzipSync(await readFile(path))
    .toString()
    .trim()
    .split("\n");
  const broken: Readonly<Record<string, Buffer>> = {
    "isn't a whole": (await readFile(path)).subarray(0, 900),
    "end is missing": gzipSync(lines.slice(0, -1).join("\n")),
    "another version": gzipSync([JSON.stringify({ timbreExport: 1, tables: 1 }), ...lines.slice(1)].join("\n")),
    'no table "users"': gzipSync(lines.join("\n").replaceAll('"table":"audit"', '"table":"users"')),
    "whole export of Timbre": Buffer.from("hello"),
  };
  for (const [words, bytes] of Object.entries(broken)) {
    const bad = file();
    await writeFile(bad, bytes);
    await expect(importFrom(bad, away), words).rejects.toThrow(words);
  }
  await expect(importFrom(join(folder.path, "nowhere"), away)).rejects.toThrow("ENOENT");
  expect(await contentOf(away)).toEqual(empty);
});

describe.each([
  ["embedded", embedded],
  ["on servers", servers],
])("an installation that is %s", (_kind, make) => {
  test("forgets a server and nothing else", async () => {
    const config = await make();
    await withInstallation(config, ({ store }) => fill(store));
    await purge("choir", config);
    const content = (await contentOf(config)).join("\n");
    // A clip's bare id stays for an hour, so that its job isn't done again.
    expect(content.replace('["choir-1","forgotten",', "")).not.toContain("choir");
    await withInstallation(config, async ({ store }) => {
      expect(await store.clips.find("band-1")).toMatchObject({ status: "done" });
      expect(await store.corrections.find("band-1")).toBeDefined();
      expect(await store.guilds.settings("band")).toMatchObject({ alertChannelId: "9".repeat(19) });
      expect(await store.live.running()).toHaveLength(1);
    });
  });

  test("deletes what its servers don't want kept any longer, by the schedule's own work", async () => {
    const config = await make();
    await withInstallation(config, async ({ store, backend, connectionString }) => {
      await fill(store);
      await store.guilds.change("choir", "ada", () => ({ retentionDays: 1 }));

      const later = await openStore(connectionString, { now: () => new Date(Date.now() + 2 * 86_400_000) });
      const done = Promise.withResolvers<number>();
      const schedule = await openSchedule(backend, {
        ...{ name: "upkeep", everyMs: 3_600_000, onError: done.reject },
        work: async () => done.resolve(await later.clips.deleteExpired()),
      });
      expect(await done.promise).toBe(1);
      await schedule.close();
      await later.close();
      expect(await store.clips.find("choir-1")).toBeUndefined();
      expect(await store.clips.find("band-1")).toBeDefined();
    });
  });
});
